package io.github.densecolorize.net;

import java.io.Serializable;

/**
 * A change of a network's last layer: instead of the scaled a*b* it gives own · a*b* + weights · maps. It takes no more operations than a layer of as
 * many results.
 *
 * @param own of the network's own colours, a matrix with a row of 2 for each result; the first two results are the new scaled a*b*
 * @param weights of the maps that the last layer sees, (results, maps)
 */
public record OutputChange(double[] own, double[] weights) implements Serializable {}
