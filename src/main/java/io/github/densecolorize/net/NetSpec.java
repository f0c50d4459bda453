package io.github.densecolorize.net;

import ai.djl.ndarray.NDManager;

/**
 * The numbers of a network, and everything else that the rest of the program needs to know about it. An implementation is a record whose components
 * are numbers, text, enums, lists of these and such records: they are read from and written to {@code model.json}.
 */
public interface NetSpec {

	/** Length of the guidance vector. */
	int GUIDANCE = 64;

	/** The type of the {@link Architecture} that it belongs to. */
	String type();

	/** The class guidance stream. */
	Vgg vgg();

	/** The same network with a guidance image of another size. */
	NetSpec withImageSize(int imageSize);

	/** How far, in pixels, an input pixel influences the output; a multiple of {@link #stride}. */
	int halo();

	/** The sides of the input, and the positions where tiles begin, must be multiples of this many pixels. */
	default int stride() {
		return 1;
	}

	/**
	 * Side of the result in pixels, if the input has a halo all around.
	 *
	 * @param side of the input, halo included
	 */
	default int output(int side) {
		return side - 2 * halo();
	}

	/** How many maps the last layer sees that {@link FastNet} tells apart; by default these are a* and b* themselves. */
	default int lastMaps() {
		return 2;
	}

	/** Whether the network is told hints itself, see {@link Cues#hints}; if not, they are spread over the colours that it gives. */
	default boolean takesHints() {
		return false;
	}

	/** Floating-point operations for each pixel, where a multiplication and an addition count as two; without the halo and the guidance stream. */
	long flops();

	/** Largest amount of native memory, in bytes, that a pixel of a tile takes. */
	long bytesAPixel();

	/**
	 * How many numbers all parameters have together, including the running means and variances of batch norms.
	 *
	 * @param classes that the guidance stream tells apart
	 */
	long weights(int classes);

	/** A short description for users, such as "dense, growth rate 12, layers [4, 4, 4, 4]". */
	String describe();

	/**
	 * The network for training; it has no weights yet.
	 *
	 * @param classes that the guidance stream tells apart
	 */
	ColorNet build(int classes);

	/**
	 * The network for colorization.
	 *
	 * @param net trained, of these numbers; its parameters are copied
	 * @param way in which its convolutions are computed
	 * @param manager owns the copies, on its device
	 * @return the fastest form of the network; the plain network unless an architecture has a faster one
	 */
	default FastNet fast(ColorNet net, Way way, NDManager manager) {
		return new PlainNet(net, way, manager);
	}
}
