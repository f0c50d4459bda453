package io.github.densecolorize;

import java.io.Serializable;
import java.util.List;

import io.github.densecolorize.model.Guidance;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.TileCues;

/**
 * What is decided once for all planes of an image, so that its slices do not flicker.
 *
 * @param scale reduction before the network, above 0 and at most 1
 * @param guidance the vector that steers the colours, and the class that was found or chosen
 * @param tile largest side of a tile, in pixels that the network sees
 * @param head colours that were fitted to reference images; null if there are none
 * @param share of these colours, 0 to 1
 * @param hints places whose colour the user knows
 * @param mapWeights what each map of the network counts where two places are compared; empty if there are no hints
 */
public record Plan(double scale, Guidance guidance, int tile, Head head, double share, List<Hint> hints,
	float[] mapWeights) implements Serializable {

	/**
	 * Whether the image resembles none of the model's classes, and nothing else tells its colours: neither a class that the user chose nor references
	 * or hints. Its colours mean nothing then.
	 */
	public boolean isUnknown() {
		return head == null && hints.isEmpty() && guidance.category().equals(ModelSpec.UNKNOWN);
	}

	/** What the network is told about each tile beside its L*. */
	public TileCues cues() {
		return new TileCues(guidance.vector(), head == null ? null : head.blend(share).change());
	}
}
