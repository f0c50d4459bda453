package io.github.densecolorize.net;

import java.io.Serializable;

/**
 * A change of a network's last layer: the scaled a*b* become keep · a*b* + weights · maps + bias. It takes no more operations than the unchanged layer.
 *
 * @param keep share of the network's own colours
 * @param weights of the maps that the last layer sees, (2, maps)
 * @param bias (2)
 */
public record OutputChange(double keep, double[] weights, double[] bias) implements Serializable {}
