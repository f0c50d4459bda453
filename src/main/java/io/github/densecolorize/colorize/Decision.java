package io.github.densecolorize.colorize;

import java.io.Serializable;

import io.github.densecolorize.Plan;
import io.github.densecolorize.image.GrayMapping;

/**
 * What is decided once for all slices of an image. Parts of a stack are given it, so that they are those of one thing, and only one reads the
 * whole stack.
 *
 * @param mapping of gray values to black and white; null if L* is that of colours
 * @param plan null if there is nothing to colorize, as all pixels are the same
 */
public record Decision(GrayMapping mapping, Plan plan) implements Serializable {}
