package io.github.densecolorize.net;

import java.util.List;

/**
 * The guidance stream: stages of 3×3 convolutions, each followed by a 2×2 maximum pooling, and then fully connected layers.
 *
 * @param imageSize side of the square image it sees, in pixels (<i>G</i>)
 * @param widths feature maps of each stage
 * @param convolutions convolutions in each stage
 * @param batchNorm whether a batch norm follows each convolution (VGG-16 of 2014 had none)
 * @param globalPool whether the last maps are averaged to one number each before the fully connected layers
 * @param fc units of the fully connected layers before the guidance vector (fc1, fc2)
 */
public record Vgg(int imageSize, List<Integer> widths, List<Integer> convolutions, boolean batchNorm, boolean globalPool, List<Integer> fc)
{

	/** A small stream for networks whose colours it does not steer: it finds the class and does no more. */
	static final Vgg ONLY_CLASS = new Vgg(96, List.of(8, 16, 32, 32), List.of(1, 1, 1, 1), true, true, List.of(64));

	private static final int LARGEST_IMAGE = 1024;
	/** How many images are in one batch. */
	private static final double IMAGES = 16;

	public Vgg {
		widths = List.copyOf(widths);
		convolutions = List.copyOf(convolutions);
		fc = List.copyOf(fc);
		Limits.check("vgg.widths", widths, Limits.MOST_STAGES, Limits.MOST_MAPS);
		Limits.check("vgg.convolutions", convolutions, Limits.MOST_STAGES, Limits.MOST_LAYERS);
		Limits.check("vgg.fc", fc, Limits.MOST_STAGES, Limits.MOST_UNITS);
		if (widths.isEmpty()) throw new IllegalArgumentException("vgg.widths is empty; must hold at least one stage");
		if (convolutions.size() != widths.size()) throw new IllegalArgumentException("vgg.convolutions has " + convolutions.size() +
			" stages; must have as many as vgg.widths, " + widths.size());
		if (imageSize < 1 << widths.size()) throw new IllegalArgumentException("vgg.imageSize is " + imageSize + "; must be at least " +
			(1 << widths.size()) + " to be halved " + widths.size() + " times");
		if (imageSize > LARGEST_IMAGE) throw new IllegalArgumentException("vgg.imageSize is " + imageSize + "; must be at most " + LARGEST_IMAGE +
			", as 16 images at a time must fit into memory");
		Limits.checkImage(operations(imageSize, widths, convolutions), mapBytes(imageSize, widths, convolutions));
	}

	/** The same stream for another size of images. */
	Vgg withImageSize(int size) {
		return new Vgg(size, widths, convolutions, batchNorm, globalPool, fc);
	}

	/** How many numbers all parameters have together, including the layer of class scores. */
	long weights(int classes) {
		long maps = 1, sum = 0;
		for (int stage = 0; stage < widths.size(); stage++)
			for (int i = 0; i < convolutions.get(stage); i++) {
				long width = widths.get(stage);
				sum += 9 * maps * width + (batchNorm ? 4 : 1) * width;
				maps = width;
			}
		long side = globalPool ? 1 : imageSize >> widths.size(), units = maps * side * side;
		for (int next : fc) {
			sum += (units + 1) * next;
			units = next;
		}
		return sum + (units + 1) * NetSpec.GUIDANCE + (NetSpec.GUIDANCE + 1L) * classes;
	}

	/** Operations of the convolutions for an image. */
	private static double operations(int imageSize, List<Integer> widths, List<Integer> convolutions) {
		double maps = 1, operations = 0;
		for (int stage = 0; stage < widths.size(); stage++)
			for (int i = 0; i < convolutions.get(stage); i++) {
				operations += 2 * 9 * maps * widths.get(stage) * pixels(imageSize, stage);
				maps = widths.get(stage);
			}
		return operations;
	}

	/** Bytes of the maps before and after one of its convolutions, for a batch; that of the convolution with the most. */
	private static double mapBytes(int imageSize, List<Integer> widths, List<Integer> convolutions) {
		double maps = 1, most = 0;
		for (int stage = 0; stage < widths.size(); stage++)
			for (int i = 0; i < convolutions.get(stage); i++) {
				most = Math.max(most, IMAGES * Float.BYTES * pixels(imageSize, stage) * (maps + widths.get(stage)));
				maps = widths.get(stage);
			}
		return most;
	}

	private static double pixels(int imageSize, int stage) {
		return Math.pow(imageSize >> stage, 2);
	}
}
