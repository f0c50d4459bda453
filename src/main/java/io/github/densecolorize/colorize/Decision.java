package io.github.densecolorize.colorize;

import java.io.Serializable;

import io.github.densecolorize.Plan;
import io.github.densecolorize.image.GrayMapping;

/**
 * What is decided once for all slices of an image. If a stack is worked on in parts, all parts use the same decision, so that the stack is coloured
 * consistently and the whole stack is read only once for it.
 *
 * @param mapping of gray values to black and white; null if L* is that of colours
 * @param plan null if there is nothing to colorize, as all pixels are the same
 */
public record Decision(GrayMapping mapping, Plan plan) implements Serializable {}
