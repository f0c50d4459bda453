package io.github.densecolorize.net;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/**
 * A trained {@link DenseNet} (without its guidance stream), rewritten to be fast in use. The plain network spends most of its time on moving maps
 * through memory; this one computes the same with fewer and cheaper passes over them:
 * <ul>
 * <li>a batch norm and its ReLU need one pass, see {@link Norm}; a batch norm after a convolution is merged into its weights;</li>
 * <li>a dense layer writes its maps into the block's array, instead of copying all maps before it into a larger array;</li>
 * <li>3×3 convolutions have no padding, so that the maps shrink as the halo is used up;</li>
 * <li>the last transition and the fusion, which are both linear, are merged into one matrix;</li>
 * <li>convolutions are computed in the fastest {@link Way} that gives right results.</li>
 * </ul>
 * The result differs from that of the plain network only by rounding.
 */
final class FoldedDense implements FastNet {

	/** The window of the output layer is 3×3. */
	private static final int MARGIN = 1;

	private final Way way;
	private final NDManager manager;
	private final Convolution first, guidance;
	private final List<Stage> stages = new ArrayList<>();

	/**
	 * @param net trained; its parameters are copied
	 * @param way of its convolutions
	 * @param manager owns the copies, on its device
	 */
	FoldedDense(DenseNet net, Way way, NDManager manager) {
		this.way = way;
		this.manager = manager;
		first = convolution(Filter.of(net.first()));
		var blocks = net.stages();
		var unfused = blocks.get(blocks.size() - 2);
		for (var stage : blocks) {
			var norm = stage.after().norm();
			var filter = stage.after().filter().after(norm);
			stages.add(new Stage(stage.block(), norm, stage == unfused ? Filter.of(net.fuseFeatures()).after(filter) : filter));
		}
		guidance = convolution(Filter.of(net.fuseGuidance()));
	}

	private Stage output() {
		return stages.get(stages.size() - 1);
	}

	@Override
	public int margin() {
		return MARGIN;
	}

	@Override
	public NDArray features(NDArray l) {
		var x = first.of(l);
		for (var stage : stages.subList(0, stages.size() - 1))
			try (var in = x) {
				x = stage.of(in);
			}
		return x;
	}

	@Override
	public NDArray maps(NDArray features, Cues cues) {
		try (var vector = cues.vector().reshape(1, NetSpec.GUIDANCE, 1, 1); var global = guidance.of(vector)) {
			return output().bent(features, global);
		}
	}

	@Override
	public NDArray chroma(NDArray maps, OutputChange change) {
		return change == null ? output().last.of(maps) : new Convolution(output().filter.with(change), 0, way, maps.getManager()).of(maps);
	}

	private Convolution convolution(Filter filter) {
		return new Convolution(filter, 0, way, manager);
	}

	/** Some maps of an array, without a border; they are a view of the array, not a copy. */
	private static NDIndex part(NDArray x, long from, long to, long border) {
		long height = x.getShape().get(2), width = x.getShape().get(3);
		return new NDIndex().addAllDim().addSliceDim(from, to).addSliceDim(border, height - border).addSliceDim(border, width - border);
	}

	/** The part of a batch norm and its ReLU that is applied to the maps before scale and shift. */
	private final class Knee {

		private final NDArray low, high;

		Knee(Norm norm) {
			var shape = new Shape(1, norm.low().length, 1, 1);
			low = Convolution.array(norm.low(), shape, manager);
			// A scale is seldom negative.
			high = DoubleStream.of(norm.high()).allMatch(Double::isInfinite) ? null : Convolution.array(norm.high(), shape, manager);
		}

		NDArray of(NDArray x) {
			var above = x.maximum(low);
			if (high == null) return above;
			try (above) {
				return above.minimum(high);
			}
		}
	}

	/** BN-ReLU-conv twice, of a dense or a residual unit. */
	private final class Layer {

		private final Knee knee;
		private final Convolution first, second;

		Layer(UnitBlock.Layer layer) {
			var norm = layer.first().norm();
			knee = new Knee(norm);
			first = convolution(layer.first().filter().after(norm).before(layer.second().norm()));
			second = convolution(layer.second().filter());
		}

		NDArray of(NDArray x) {
			try (var wide = wide(x)) {
				return second.of(wide);
			}
		}

		// Each array is freed as soon as the next one is computed.
		private NDArray wide(NDArray x) {
			try (var linear = linear(x)) {
				return Activation.relu(linear);
			}
		}

		private NDArray linear(NDArray x) {
			try (var bent = knee.of(x)) {
				return first.of(bent);
			}
		}
	}

	/** A dense or residual block, and the BN-ReLU-conv after it. */
	private final class Stage {

		private final DenseSpec.Unit unit;
		private final List<Layer> layers;
		private final Knee knee;
		private final Filter filter;
		private final Convolution last;

		Stage(UnitBlock block, Norm norm, Filter filter) {
			unit = block.unit();
			layers = block.layers().stream().map(Layer::new).toList();
			knee = new Knee(norm);
			this.filter = filter;
			last = convolution(filter);
		}

		NDArray of(NDArray x) {
			try (var bent = bent(x, null)) {
				return last.of(bent);
			}
		}

		/** @param shift is added to x; null for none */
		private NDArray bent(NDArray x, NDArray shift) {
			try (var y = unit == DenseSpec.Unit.DENSE ? dense(x, shift) : residual(x, shift)) {
				return knee.of(y);
			}
		}

		private NDArray dense(NDArray x, NDArray shift) {
			long maps = x.getShape().get(1), growth = layers.get(0).second.maps(), all = maps + layers.size() * growth;
			try (var block = way.maps(x.getManager(), new Shape(1, all, x.getShape().get(2), x.getShape().get(3)))) {
				block.set(part(block, 0, maps, 0), x);
				if (shift != null) try (var first = block.get(part(block, 0, maps, 0))) {
					first.addi(shift);
				}
				for (int i = 0; i < layers.size(); i++, maps += growth)
					try (var seen = block.get(part(block, 0, maps, i)); var y = layers.get(i).of(seen)) {
						block.set(part(block, maps, maps + growth, i + 1), y);
					}
				return block.get(part(block, 0, all, layers.size()));
			}
		}

		private NDArray residual(NDArray x, NDArray shift) {
			var y = shift == null ? x : x.add(shift);
			for (var layer : layers) {
				var in = y;
				try (var change = layer.of(in); var kept = in.get(part(in, 0, in.getShape().get(1), 2))) {
					y = kept.add(change);
				}
				if (in != x) in.close();
			}
			return y;
		}
	}
}
