package io.github.densecolorize.net;

import java.util.List;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * How a device computes convolutions (stride 1, zeros around the image). Mathematically all ways are the same. Which of them PyTorch computes
 * correctly depends on the processor and on the shape of the data; a {@link Witness} finds that out.
 * <p>
 * {@code toString} is the name for users.
 * </p>
 */
public interface Way {

	/** The ways of a device in the order in which they are tried, the fastest first. */
	static List<Way> on(Device device) {
		// The batch norm of Apple's GPUs learns from wrong gradients where the maps of a pixel lie side by side
		// (github.com/pytorch/pytorch/issues/175189).
		boolean mps = device.getDeviceType().equals("mps");
		// On other devices planar maps are not tried: where they give wrong results, they have been seen to crash.
		return List.of(mps ? Ways.PLANAR : Ways.PADDED, Ways.PRODUCTS);
	}

	/** The way of a network that was told no other: PyTorch's own layout, in which it gives its results. */
	static Way plain() {
		return Ways.PLANAR;
	}

	/**
	 * An array for feature maps in the layout of this way.
	 *
	 * @param shape (N, C, H, W)
	 * @return of that shape, with any values
	 */
	NDArray maps(NDManager manager, Shape shape);

	/**
	 * One map of each image in the layout of this way.
	 *
	 * @param values row by row, image after image
	 * @return (images, 1, height, width)
	 */
	NDArray map(NDManager manager, float[] values, int height, int width);

	/**
	 * What {@link #convolve} takes instead of the weights or the biases of a layer. Gradients pass through.
	 *
	 * @param weights (maps, C, side, side), or biases, (maps)
	 * @param owner of the result, unless it is {@code weights} itself
	 */
	NDArray prepared(NDArray weights, NDManager owner);

	/**
	 * A convolution.
	 *
	 * @param x (N, C, H, W), in the layout of this way
	 * @param weight prepared
	 * @param bias prepared; null for none
	 * @param padding zeros around x
	 * @param maps how many it makes
	 * @return (N, maps, H + 2 padding - side + 1, W + 2 padding - side + 1), owned by the manager of x
	 */
	NDArray convolve(NDArray x, NDArray weight, NDArray bias, int padding, int maps);

	/**
	 * Makes four pixels of each. Gradients pass through.
	 *
	 * @param x (N, C, H, W)
	 * @return (N, C, 2 H, 2 W), in the layout of this way, owned by the manager of x
	 */
	NDArray doubled(NDArray x);
}
