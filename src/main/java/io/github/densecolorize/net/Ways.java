package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/** The ways that there are. */
enum Ways implements Way {

	/**
	 * The values of a pixel in all maps lie side by side in memory, with which convolutions on CPUs and on NVIDIA's GPUs are fastest, and maps of
	 * zeros are added until their number fills the registers. oneDNN 3.7.1 computes the last of 36 maps, for example, wrongly on processors of AMD's
	 * family 26, and 12 maps more slowly than 16.
	 */
	PADDED("padded maps") {

		@Override
		public NDArray prepared(NDArray weights, NDManager owner) {
			var shape = weights.getShape();
			long maps = shape.get(0), missing = padded(maps) - maps;
			if (missing == 0) return weights;
			var rows = shape.getShape().clone();
			rows[0] = missing;
			try (var zeros = owner.zeros(new Shape(rows))) {
				var padded = weights.concat(zeros, 0);
				padded.attach(owner);
				return padded;
			}
		}

		@Override
		public NDArray convolve(NDArray x, NDArray weight, NDArray bias, int padding, int maps) {
			var all = Ways.convolution(x, weight, bias, padding);
			if (all.getShape().get(1) == maps) return all;
			try (all) {
				return all.get(new NDIndex().addAllDim().addSliceDim(0, maps));
			}
		}

		/** If there are few maps, none are added: as many again would double the work. */
		private long padded(long maps) {
			if (maps <= FEW) return maps;
			long multiple = maps <= 3 * REGISTER ? REGISTER : 2 * REGISTER;
			return (maps + multiple - 1) / multiple * multiple;
		}
	},

	/** One map lies after the other in memory, as PyTorch has them by default. */
	PLANAR("planar maps") {

		@Override
		public NDArray maps(NDManager manager, Shape shape) {
			return manager.create(shape);
		}

		@Override
		public NDArray map(NDManager manager, float[] values, int height, int width) {
			return manager.create(values, new Shape(values.length / (height * width), 1, height, width));
		}

		@Override
		public NDArray convolve(NDArray x, NDArray weight, NDArray bias, int padding, int maps) {
			return Ways.convolution(x, weight, bias, padding);
		}

		@Override
		public NDArray doubled(NDArray x) {
			try (var wide = x.repeat(3, 2)) {
				return wide.repeat(2, 2);
			}
		}
	},

	/** Each position in the window is computed as a product of two matrices, without PyTorch's convolutions. Several times slower. */
	PRODUCTS("matrix products") {

		@Override
		public NDArray convolve(NDArray x, NDArray weight, NDArray bias, int padding, int maps) {
			int side = (int) weight.getShape().get(2);
			try (var scope = x.getManager().newSubManager(); var pixels = x.transpose(0, 2, 3, 1)) {
				var bordered = bordered(pixels, padding, scope);
				long height = bordered.getShape().get(1) - side + 1, width = bordered.getShape().get(2) - side + 1;
				NDArray sum = null;
				for (int i = 0; i < side; i++)
					for (int j = 0; j < side; j++) {
						var before = sum;
						try (var seen = bordered.get(new NDIndex().addAllDim().addSliceDim(i, i + height).addSliceDim(j, j + width).addAllDim());
							var filter = weight.get(new NDIndex().addAllDim().addAllDim().addIndices(i, j));
							var transposed = filter.transpose())
						{
							var product = seen.matMul(transposed);
							sum = before == null ? product : before.add(product);
							if (before == null) continue;
							before.close();
							product.close();
						}
					}
				var y = (bias == null ? sum : sum.add(bias)).transpose(0, 3, 1, 2);
				y.attach(x.getManager());
				return y;
			}
		}

		/** Zeros around images, (N, H, W, C) to (N, H + 2 border, W + 2 border, C). */
		private NDArray bordered(NDArray pixels, int border, NDManager scope) {
			if (border == 0) return pixels;
			var shape = pixels.getShape();
			var rows = scope.zeros(new Shape(shape.get(0), border, shape.get(2), shape.get(3)));
			var columns = scope.zeros(new Shape(shape.get(0), shape.get(1) + 2 * border, border, shape.get(3)));
			var high = NDArrays.concat(new NDList(rows, pixels, rows), 1);
			return NDArrays.concat(new NDList(columns, high, columns), 2);
		}
	};

	private static final Shape STRIDE = new Shape(1, 1);
	/** How many numbers of single precision a register of AVX-512 holds. */
	private static final int REGISTER = 16;
	/** Up to this many maps, none are added. */
	private static final int FEW = REGISTER / 2;

	private final String label;

	Ways(String label) {
		this.label = label;
	}

	/** Brings the values of a pixel in all maps side by side. */
	@Override
	public NDArray maps(NDManager manager, Shape shape) {
		try (var pixels = manager.create(new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1)))) {
			return pixels.transpose(0, 3, 1, 2);
		}
	}

	@Override
	public NDArray map(NDManager manager, float[] values, int height, int width) {
		// The array must not be closed before the view of it, as DJL has the values in memory of Java, which is freed some time after the array is.
		return manager.create(values, new Shape(values.length / (height * width), height, width, 1)).transpose(0, 3, 1, 2);
	}

	@Override
	public NDArray prepared(NDArray weights, NDManager owner) {
		return weights;
	}

	@Override
	public NDArray doubled(NDArray x) {
		try (var pixels = x.transpose(0, 2, 3, 1); var wide = pixels.repeat(2, 2); var all = wide.repeat(1, 2)) {
			return all.transpose(0, 3, 1, 2);
		}
	}

	@Override
	public String toString() {
		return label;
	}

	private static NDArray convolution(NDArray x, NDArray weight, NDArray bias, int padding) {
		return Conv2d.conv2d(x, weight, bias, STRIDE, new Shape(padding, padding)).singletonOrThrow();
	}
}
