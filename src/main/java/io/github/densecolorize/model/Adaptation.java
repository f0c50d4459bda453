package io.github.densecolorize.model;

import java.io.Serializable;

import io.github.densecolorize.image.LightnessCurve;
import io.github.densecolorize.net.OutputChange;

/**
 * What reference images change in the colours of a network: its last layer, and a part of a* and b* that depends on L* alone. Both are local to a pixel
 * of the last maps, so that tiles fit together.
 *
 * @param change of the last layer
 * @param a part of a*
 * @param b part of b*
 */
public record Adaptation(OutputChange change, LightnessCurve a, LightnessCurve b) implements Serializable {}
