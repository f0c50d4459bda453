package io.github.densecolorize.net;

import ai.djl.ndarray.NDManager;

/**
 * The numbers of a network, and all that the rest of the program needs to know of it. An implementation is a record whose components are
 * numbers, text, enums, lists of these and such records: they are read from and written to {@code model.json}.
 */
public interface NetSpec {

	/** Length of the guidance vector. */
	int GUIDANCE = 64;

	/** Of the {@link Architecture} that it belongs to. */
	String type();

	/** The class guidance stream. */
	Vgg vgg();

	/** The same network with another side of the guidance image. */
	NetSpec withImageSize(int imageSize);

	/** How far, in pixels, an input pixel reaches in the output, a multiple of {@link #stride}. */
	int halo();

	/** The sides of what goes in, and the places where tiles begin, are multiples of this many pixels. */
	default int stride() {
		return 1;
	}

	/**
	 * Side of the result in pixels, when what goes in has a halo all around.
	 *
	 * @param side of the input, halo included
	 */
	default int output(int side) {
		return side - 2 * halo();
	}

	/** Floating-point operations for a pixel, a multiplication and an addition counting two; without the halo and without the guidance stream. */
	long flops();

	/** Native memory that a pixel of a tile takes, at most. */
	long bytesAPixel();

	/**
	 * Numbers that all parameters have together, the running means and variances of batch norm included.
	 *
	 * @param classes that the guidance stream tells apart
	 */
	long weights(int classes);

	/** What users want to know of it, such as "dense, growth rate 12, layers [4, 4, 4, 4]". */
	String describe();

	/**
	 * The network for training, with no weights yet.
	 *
	 * @param classes that the guidance stream tells apart
	 */
	ColorNet build(int classes);

	/**
	 * The network for colorization.
	 *
	 * @param net trained, of these numbers; its parameters are copied
	 * @param way of its convolutions
	 * @param manager owns the copies, on its device
	 * @return the fastest that there is; the plain network unless an architecture has a faster one
	 */
	default FastNet fast(ColorNet net, Way way, NDManager manager) {
		return new PlainNet(net, way, manager);
	}
}
