package io.github.densecolorize.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.NoImageException;

/**
 * An image for a data set, as it was read from its file.
 *
 * @param name for messages
 * @param slice counted from 1; 0 if none of a file can be used
 * @param argb sRGB pixels, row by row; null if it can't be used
 * @param unusable why it can't; null if it can
 * @param detail that as a sentence
 */
public record SourceImage(String name, int slice, int width, int height, int[] argb, Reason unusable, String detail) {

	/** Why an image is not in a data set. */
	public enum Reason {
		NO_IMAGE("no image"), UNREADABLE("could not be opened"), GRAY("gray"), CHANNELS("of several channels, not RGB"), SMALL("too small"), PREDICTED("colorized by this plugin"), DUPLICATE(
			"there already");

		private final String text;

		Reason(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return text;
		}

		/** How a file counts about which nothing else is known. */
		public Tally.End end() {
			return switch (this) {
				case UNREADABLE -> Tally.End.FAILED;
				case DUPLICATE -> Tally.End.THERE_ALREADY;
				default -> Tally.End.LEFT_OUT;
			};
		}
	}

	/** The channels of a gray pixel may differ by this much, since JPEG rounds. */
	private static final int GRAY_TOLERANCE = 2;

	/**
	 * The slices of an image, opened one after the other.
	 *
	 * @param name of the image
	 * @param size side of the images in the set, in pixels
	 * @param category name of its class; those of {@link ModelSpec#UNKNOWN} may be gray, as no colours are learned from them
	 */
	public static Stream<SourceImage> of(ImagePlus image, String name, int size, String category) {
		if (Provenance.isIn(image)) return Stream.of(new SourceImage(name, 0, image.getWidth(), image.getHeight(), null, Reason.PREDICTED, name +
			" was colorized by this plugin: nothing can be learned from colours that were predicted."));
		if (image.getNChannels() > 1) return Stream.of(new SourceImage(name, 0, image.getWidth(), image.getHeight(), null, Reason.CHANNELS, name +
			" has " + image.getNChannels() + " channels; use Image > Type > RGB Color."));
		int n = image.getStackSize();
		return IntStream.rangeClosed(1, n).mapToObj(slice -> of(image, slice, n == 1 ? name : name + " slice " + slice, size,
			category.equals(ModelSpec.UNKNOWN)));
	}

	/** @param why the exception or error with which opening it ended; a bug, or too little memory for this image, does not concern the others */
	static SourceImage unreadable(Path file, Throwable why) {
		boolean image = !(why instanceof NoImageException) || ImageFiles.isNamedAsImage(file);
		return new SourceImage(file.toString(), 0, 0, 0, null, image ? Reason.UNREADABLE : Reason.NO_IMAGE, why instanceof IOException ? why
			.getMessage() : why instanceof OutOfMemoryError ? file + " is too large for the memory of Java." : file + ": " + Bug.sentence(why));
	}

	/** @param why as a sentence */
	private static SourceImage unreadable(String name, String why) {
		return new SourceImage(name, 0, 0, 0, null, Reason.UNREADABLE, why);
	}

	private static SourceImage of(ImagePlus image, int slice, String name, int size, boolean mayBeGray) {
		ImageProcessor ip;
		try {
			ip = image.getStack().getProcessor(slice);
		}
		// A large stack stays on disk and is read only now, so damage may be found only now.
		catch (UncheckedIOException e) {
			return unreadable(name, e.getCause().getMessage());
		}
		// A palette belongs to the image as a whole, not to its slices.
		if (!(ip instanceof ColorProcessor)) ip.setColorModel(image.getProcessor().getColorModel());
		var argb = (int[]) ip.convertToRGB().getPixels();
		int width = ip.getWidth(), height = ip.getHeight();
		if (!mayBeGray && isGray(argb)) return new SourceImage(name, slice, width, height, null, Reason.GRAY, name + " has no colour.");
		if (Math.min(width, height) < size) return new SourceImage(name, slice, width, height, null, Reason.SMALL, name + " is " + dimensions(width,
			height) + " pixels; must be at least " + size + " in both: choose a smaller size to use it.");
		return new SourceImage(name, slice, width, height, argb, null, "");
	}

	private static boolean isGray(int[] argb) {
		for (int pixel : argb) {
			int r = pixel >> 16 & 0xff, g = pixel >> 8 & 0xff, b = pixel & 0xff;
			if (Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b)) > GRAY_TOLERANCE) return false;
		}
		return true;
	}

	/** A hash of 64 bits of the size and the pixels; even among millions of images no two have the same by chance. 0 if the image can't be used. */
	public long content() {
		if (argb == null) return 0;
		try {
			var sha = MessageDigest.getInstance("SHA-256");
			sha.update(ByteBuffer.allocate(8).putInt(width).putInt(height).flip());
			var row = ByteBuffer.allocate(4 * width);
			for (int y = 0; y < height; y++) {
				row.asIntBuffer().put(argb, y * width, width);
				sha.update(row.array());
			}
			return ByteBuffer.wrap(sha.digest()).getLong();
		}
		catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}

	/** The size of an image, for messages. */
	static String dimensions(int width, int height) {
		return width + " x " + height;
	}

	/**
	 * The images that go into a data set.
	 *
	 * @param size side of its images, not above width and height
	 * @return size² pixels each
	 */
	public List<int[]> parts(int size, Fit fit) {
		int side = Math.min(width, height);
		var ip = new ColorProcessor(width, height, argb);
		if (fit == Fit.RESIZE) return List.of(reduced(square(ip, (width - side) / 2, (height - side) / 2, side), size));
		var parts = new ArrayList<int[]>();
		for (int y : starts(height, size, fit))
			for (int x : starts(width, size, fit))
				parts.add((int[]) square(ip, x, y, size).getPixels());
		return parts;
	}

	/**
	 * Where the parts begin along one side: a single one in the centre, or as many as reach from one end to the other and overlap as little as
	 * possible.
	 */
	private static int[] starts(int length, int size, Fit fit) {
		if (fit == Fit.CROP || length == size) return new int[] { (length - size) / 2 };
		int n = (length + size - 1) / size;
		return IntStream.range(0, n).map(i -> i * (length - size) / (n - 1)).toArray();
	}

	private static ImageProcessor square(ImageProcessor ip, int x, int y, int side) {
		ip.setRoi(x, y, side, side);
		return ip.crop();
	}

	private static int[] reduced(ImageProcessor square, int side) {
		square.setInterpolationMethod(ImageProcessor.BILINEAR);
		return (int[]) (square.getWidth() == side ? square : square.resize(side, side, true)).getPixels();
	}
}
