package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import ij.ImagePlus;

/** Opens image files. All commands open files by this class, and so get the same pixels, or the same refusal. */
public final class ImageFiles {

	/** A stack larger than this part of Java's memory stays on disk, as the result needs memory as well. */
	private static final double VIRTUAL_SHARE = 0.2;
	/** A plane of more pixels is large. */
	private static final long LARGE = 1L << 29;
	/** Likewise one with a longer side, if it is stored in tiles, as slides are. */
	private static final int LONG_SIDE = 1 << 14;
	/** Property of images for which nobody has chosen which gray values are black and white. */
	private static final String NO_RANGE = "dense-colorize.no-range";

	/** Endings of image files: of those that can be read here, and of those that can't. */
	private static final String NAMES = "(?i).*\\.(tiff?|btf|tf[28]|stk|lsm|png|apng|jpe?g|jpe|jfif|gif|bmp|dib|dcm|dicom|pgm|ppm|pbm|pnm|fits?|fts|avi|zip" +
		"|webp|jp2|j2k|jpx|jpf|j2c|jpc|jxl|jxr|wdp|pam|pfm|tga|pcx|ico|heic|heif|avif|psd|xcf|exr|hdr|nii|nii\\.gz|svs|ndpi|scn|mrxs|vsi|bif|czi|lif|nd2|oib|oif|ims|zvi|mrc|dv|ics" +
		"|dng|nef|cr[23]|arw|orf|rw2|raf|pef|srw)";

	private ImageFiles() {}

	/**
	 * Opens a file without a window and without a dialog. Large stacks stay on disk and are read slice by slice.
	 *
	 * @param file of a format that {@code docs/files.md} lists
	 * @param log takes sentences about anything that is not as everybody would expect: pages left out, an image turned upright
	 * @throws NoImageException if there is no image in it
	 * @throws IOException if there is no such file, or it can't be read, in a sentence that names it
	 */
	public static ImagePlus open(Path file, Consumer<String> log) throws IOException {
		return open(ImageFile.of(file), log, inMemory(), false);
	}

	/**
	 * The same, but the planes of an {@linkplain #isLarge image} that is large stay in the file, so that they need no memory. ImageJ itself can't do
	 * anything with their pixels.
	 *
	 * @return an image whose slices {@link Plane#of} gives
	 */
	public static ImagePlus openByRegions(Path file, Consumer<String> log) throws IOException {
		return openByRegions(ImageFile.of(file), log);
	}

	/** The same for a file of which bytes may not be there yet; of a stack, they are asked for slice by slice. */
	public static ImagePlus openByRegions(ImageFile file, Consumer<String> log) throws IOException {
		return open(file, log, file.isComplete() ? inMemory() : 0, true);
	}

	/**
	 * Size and type of the image in a file, without its pixels.
	 *
	 * @throws IOException if it can't be read, in a sentence that names it
	 */
	public static Layout layout(Path file) throws IOException {
		try (var in = new ArrivingInput(ImageFile.of(file))) {
			var source = Refusal.naming(file.toString(), () -> Formats.open(in, file.getFileName().toString())).orElse(null);
			if (source == null) throw noImage(file, in);
			return source.layout();
		}
	}

	/** Whether an image is so large that its planes stay in the file. */
	public static boolean isLarge(ImagePlus image) {
		return image.getStack() instanceof LargeStack;
	}

	private static long inMemory() {
		return (long) (VIRTUAL_SHARE * Runtime.getRuntime().maxMemory());
	}

	/** Whether planes of this size are large. */
	static boolean isLarge(long width, long height, boolean tiled) {
		return width * height > LARGE || tiled && Math.max(width, height) > LONG_SIDE;
	}

	/** @param inMemory largest number of bytes of a stack that is read into memory; larger ones stay on disk */
	static ImagePlus open(Path file, Consumer<String> log, long inMemory) throws IOException {
		return open(ImageFile.of(file), log, inMemory, false);
	}

	private static ImagePlus open(ImageFile opened, Consumer<String> log, long inMemory, boolean byRegions) throws IOException {
		var file = opened.path();
		if (!Files.isRegularFile(file)) throw new IOException("File " + file + (Files.isDirectory(file) ? " is a folder"
			: " does not exist") + "; give the path of an image.");
		if (!Files.isReadable(file)) throw new IOException("File " + file + " can't be read; check its permissions.");
		try {
			return own(opened, log, inMemory, byRegions);
		}
		catch (Refusal | NoImageException e) {
			if (e instanceof Refusal refusal && !refusal.isForeign()) throw e;
			opened.arrival().await(0, Files.size(file));
			var image = FijiReader.open(file);
			if (image.isEmpty()) throw e;
			return image.get();
		}
	}

	private static ImagePlus own(ImageFile opened, Consumer<String> log, long inMemory, boolean byRegions) throws IOException {
		var file = opened.path();
		var name = file.getFileName().toString();
		var in = new ArrivingInput(opened);
		try {
			var source = Refusal.naming(file.toString(), () -> Formats.open(in, name)).orElse(null);
			if (source == null) throw noImage(file, in);
			var layout = source.layout();
			long pixels = (long) layout.width() * layout.height(), bytes = pixels * layout.planes() * (layout.type().bits() + 7) / 8;
			var byImageJ = source instanceof TiffSource tiff && tiff.isAsImageJWrites() ? tiff : null;
			if (byRegions && isLarge(layout.width(), layout.height(), source.block().width < layout.width())) {
				if (byImageJ != null) log.accept("Large image: an overlay, a selection and properties that ImageJ stored are left out.");
				return Opened.large(source, file, log);
			}
			checkSize(file, layout);
			boolean onDisk = bytes > inMemory && layout.planes() > 1;
			if (byImageJ != null) {
				source.close();
				if (onDisk && !opened.isComplete()) return ImageJFile.openArriving(opened, byImageJ.place(), layout.planes());
				opened.arrival().await(0, Files.size(file));
				return writtenByImageJ(file, onDisk, bytes <= inMemory);
			}
			return Opened.image(source, file, onDisk, log);
		}
		catch (IOException e) {
			close(in);
			throw e;
		}
	}

	/** @throws Refusal if a plane is too large for an array, or for Java's memory */
	private static void checkSize(Path file, Layout layout) throws Refusal {
		long pixels = (long) layout.width() * layout.height(), needed = pixels * layout.type().bytes() >> 20, there = Runtime.getRuntime().maxMemory() >> 20;
		var size = "is " + layout.width() + " x " + layout.height() + " pixels, ";
		if (pixels > Integer.MAX_VALUE - 8) throw Refusal.naming(file.toString(), Refusal.tooLarge(size + "more than ImageJ can hold in a plane",
			"cut it into parts"));
		if (needed >= there) throw Refusal.naming(file.toString(), Refusal.tooLarge(size + "which need " + needed + " MB of memory, and Java has " + there,
			"give Java more (JAVA_OPTS=-Xmx" + (needed / 512 + 1) + "g in a shell; in Fiji: Edit > Options > Memory & Threads), or cut it into parts"));
	}

	/** ImageJ trusts every size that a damaged file states, also those of selections and properties. */
	private static ImagePlus writtenByImageJ(Path file, boolean onDisk, boolean small) throws IOException {
		try {
			return ImageJFile.open(file, onDisk);
		}
		catch (OutOfMemoryError e) {
			if (!small) throw e;
			throw Refusal.naming(file.toString(), Refusal.damaged("its selection or properties need more memory than there is", e));
		}
	}

	private static void close(ArrivingInput in) {
		try {
			in.close();
		}
		catch (IOException e) {
			// It was closed before.
		}
	}

	private static IOException noImage(Path file, ArrivingInput in) throws IOException {
		var head = new byte[(int) Math.min(Format.HEAD, in.length())];
		in.seek(0);
		in.readFully(head);
		var known = OtherKinds.of(head);
		if (known.isPresent()) return Refusal.naming(file.toString(), Refusal.unsupported("is " + known.get() + " inside, which is not read here",
			"convert it to TIFF"));
		return new NoImageException("File " + file + " can't be opened as an image; TIFF, PNG, JPEG, GIF, BMP, DICOM, AVI, FITS, PGM and ZIP are read" +
			" here: convert it to TIFF.");
	}

	/** Whether a file's name is that of an image, so that it is an error if it can't be read. */
	public static boolean isNamedAsImage(Path file) {
		return file.getFileName().toString().matches(NAMES);
	}

	/** Whether a file's name is that of an image, or its content is an image, even a damaged one or one that can't be read. */
	public static boolean isImage(Path file) {
		try {
			if (!isNamedAsImage(file)) open(file, sentence -> {}, 0).close();
			return true;
		}
		catch (NoImageException e) {
			return false;
		}
		catch (IOException e) {
			return true;
		}
	}

	/** Whether somebody has chosen which gray values are black and white: a user of the image that is open, or who saved the file. */
	public static boolean hasRange(ImagePlus image) {
		return image.getProperty(NO_RANGE) == null;
	}

	/** Marks an image for which nobody has chosen which gray values are black and white. */
	static void withoutRange(ImagePlus image) {
		image.setProperty(NO_RANGE, true);
	}
}
