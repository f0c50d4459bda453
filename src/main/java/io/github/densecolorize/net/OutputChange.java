package io.github.densecolorize.net;

import java.io.Serializable;

/**
 * A change of a network's last layer: the scaled a*b* become own · a*b* + weights · maps. It takes no more operations than the unchanged layer.
 *
 * @param own what becomes of the network's own colours, a matrix of 2×2, row by row
 * @param weights of the maps that the last layer sees, (2, maps)
 */
public record OutputChange(double[] own, double[] weights) implements Serializable {}
