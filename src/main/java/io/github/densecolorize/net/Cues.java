package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;

/**
 * What a network is told beside L*.
 *
 * @param vector guidance vector, (N, {@value NetSpec#GUIDANCE}), or (1, {@value NetSpec#GUIDANCE}) for all images
 */
public record Cues(NDArray vector) {}
