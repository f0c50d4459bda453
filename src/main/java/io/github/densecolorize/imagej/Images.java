package io.github.densecolorize.imagej;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.real.FloatType;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;
import ij.measure.Calibration;
import ij.plugin.AVI_Reader;
import ij.plugin.FileInfoVirtualStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.Lab;

/** Images of ImageJ as ImgLib2 ones. */
public final class Images {

	/** A TIFF stack larger than this part of Java's memory is opened as a virtual one; the result needs room as well. */
	private static final double VIRTUAL_SHARE = 0.2;

	private Images() {}

	/**
	 * Opens a file as ImageJ does, without a window and without a dialog. Large TIFF stacks stay on disk and are read slice by slice.
	 *
	 * @param file TIFF, PNG, JPEG, DICOM, ... whatever ImageJ opens
	 * @throws IOException if there is no such file, or no image in it
	 */
	public static ImagePlus open(Path file) throws IOException {
		return open(file, (long) (VIRTUAL_SHARE * Runtime.getRuntime().maxMemory()));
	}

	/** @param inMemory bytes; a TIFF file of more becomes a virtual stack */
	static ImagePlus open(Path file, long inMemory) throws IOException {
		if (!Files.isRegularFile(file)) throw new IOException("File " + file + (Files.isDirectory(file) ? " is a folder"
			: " does not exist") + "; give the path of an image.");
		if (!Files.isReadable(file)) throw new IOException("File " + file + " can't be read; check its permissions.");
		var opener = new Opener();
		opener.setSilentMode(true);
		// ImageJ takes a relative path as one in the folder that it opened last.
		var path = file.toAbsolutePath().toString();
		ImagePlus image;
		try (var quiet = new QuietErrors()) {
			image = switch (opener.getFileType(path)) {
				// Of these ImageJ makes windows, tables and regions, or asks in a dialog.
				case Opener.JAVA_OR_TEXT, Opener.TEXT, Opener.ROI, Opener.LUT, Opener.TABLE -> null;
				case Opener.TIFF -> openTiff(opener, file, inMemory);
				case Opener.AVI -> AVI_Reader.openVirtual(path);
				case Opener.JPEG -> openJpeg(opener, file);
				case Opener.DICOM -> {
					var opened = opener.openImage(path);
					if (opened != null) checkLength(file, opened.getOriginalFileInfo());
					yield opened;
				}
				default -> opener.openImage(path);
			};
		}
		catch (RuntimeException e) {
			// ImageJ's readers check little: a damaged file ends as almost any exception.
			throw new IOException("File " + file + " can't be opened as an image (" + e + "); it may be damaged.", e);
		}
		if (image == null || image.getWidth() == 0) throw new IOException("File " + file +
			" can't be opened as an image; ImageJ opens TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS and PGM: convert it to TIFF.");
		return image;
	}

	/** Whether a file's name promises an image, so that it is an error if it is none. */
	public static boolean isNamedAsImage(Path file) {
		return file.getFileName().toString().matches("(?i).*\\.(tiff?|png|jpe?g|gif|bmp|dcm|dicom|pgm|ppm|fits?|avi|lsm|zip)");
	}

	private static ImagePlus openTiff(Opener opener, Path file, long inMemory) throws IOException {
		var whole = file.toAbsolutePath();
		var images = new TiffDecoder(whole.getParent() + File.separator, whole.getFileName().toString()).getTiffInfo();
		if (images != null) checkLength(file, images);
		return Files.size(file) > inMemory ? FileInfoVirtualStack.openVirtual(whole.toString()) : opener.openImage(whole.toString());
	}

	/**
	 * A file that was not copied to its end. ImageJ fills up with black what is missing.
	 *
	 * @param images where the pixels are
	 */
	private static void checkLength(Path file, FileInfo... images) throws IOException {
		long length = Files.size(file), end = Arrays.stream(images).filter(Objects::nonNull).mapToLong(Images::end).max().orElse(0);
		if (end > length) throw damaged(file, "it has " + length + " bytes, and its pixels end at " + end);
	}

	/** Where the pixels of an image end in its file, in bytes; of strips the lengths are told, and may be told too large for the last one. */
	private static long end(FileInfo image) {
		long left = (bits(image) * image.width + 7) / 8 * image.height, end = 0;
		boolean compressed = image.compression != FileInfo.COMPRESSION_NONE;
		int strips = image.stripOffsets == null ? 0 : image.stripOffsets.length;
		if (!compressed && strips < 2) return image.getOffset() + Math.max(1, image.nImages) * (left + image.gapBetweenImages) - image.gapBetweenImages;
		for (int i = 0; i < strips; i++) {
			long bytes = compressed ? image.stripLengths[i] : Math.min(left, image.stripLengths[i]);
			left -= bytes;
			end = Math.max(end, (image.stripOffsets[i] & 0xffffffffL) + bytes);
		}
		return end;
	}

	/** Of a pixel in the file; ImageJ tells the bytes that it has in memory. */
	private static long bits(FileInfo image) {
		return switch (image.fileType) {
			case FileInfo.BITMAP -> 1;
			case FileInfo.GRAY12_UNSIGNED -> 12;
			default -> 8L * image.getBytesPerPixel();
		};
	}

	private static IOException damaged(Path file, String why) {
		return new IOException("File " + file + " is damaged: " + why + "; copy it again.");
	}

	/** The same pixels as ImageJ's own way, which sleeps 20 ms for each file, an hour for a large folder, and takes half a file for a whole one. */
	private static ImagePlus openJpeg(Opener opener, Path file) throws IOException {
		var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
		var ended = new AtomicBoolean();
		reader.addIIOReadWarningListener((source, warning) -> {
			if (warning.contains("premature end of data")) ended.set(true);
		});
		try (var in = ImageIO.createImageInputStream(file.toFile())) {
			reader.setInput(in);
			var image = new ImagePlus(file.getFileName().toString(), reader.read(0));
			if (ended.get()) throw damaged(file, "it ends in the middle of the image");
			if (image.getType() == ImagePlus.COLOR_RGB) Opener.convertGrayJpegTo8Bits(image);
			return image;
		}
		catch (IIOException e) {
			// Four inks, for one, are not known to Java.
			return opener.openImage(file.toAbsolutePath().toString());
		}
		finally {
			reader.dispose();
		}
	}

	/**
	 * The colours as displayed.
	 *
	 * @param ip RGB image (a view of its pixels), or another one (its colours with look-up table and display range, a copy)
	 */
	public static RandomAccessibleInterval<ARGBType> argb(ImageProcessor ip) {
		return ArrayImgs.argbs((int[]) ip.convertToRGB().getPixels(), ip.getWidth(), ip.getHeight());
	}

	/**
	 * L*, 0..100, computed when read.
	 *
	 * @param ip RGB image, whose colours have an L* of their own, or one of 8, 16 or 32 bits
	 * @param mapping of gray values; not used for RGB
	 */
	public static RandomAccessibleInterval<FloatType> lightness(ImageProcessor ip, GrayMapping mapping) {
		return ip instanceof ColorProcessor ? Lab.lightness(argb(ip)) : lightness(gray(ip), mapping);
	}

	// Every pixel type of ImgLib2 is a RealType of itself, which Java's wildcards can't say.
	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static RandomAccessibleInterval<FloatType> lightness(RandomAccessibleInterval gray, GrayMapping mapping) {
		return mapping.lightness(gray);
	}

	/** A view of the pixels as numbers; 16-bit ones are unsigned, as in ImageJ, whatever the calibration. */
	static RandomAccessibleInterval<? extends RealType<?>> gray(ImageProcessor ip) {
		int width = ip.getWidth(), height = ip.getHeight();
		if (ip instanceof ByteProcessor) return ArrayImgs.unsignedBytes((byte[]) ip.getPixels(), width, height);
		if (ip instanceof ShortProcessor) return ArrayImgs.unsignedShorts((short[]) ip.getPixels(), width, height);
		if (ip instanceof FloatProcessor) return ArrayImgs.floats((float[]) ip.getPixels(), width, height);
		throw new IllegalArgumentException("The image is of type " + ip.getClass().getSimpleName() +
			"; must be 8-, 16- or 32-bit gray or RGB: use Image > Type.");
	}

	/** Width of a pixel in micrometres; 0 if the unit is none of a length that was measured. */
	public static double micrometres(Calibration calibration) {
		double unit = switch (calibration.getUnit().toLowerCase(Locale.ROOT)) {
			case "nm", "nanometer", "nanometre" -> 1e-3;
			// Both signs for micro: the Greek letter and the one of Latin-1.
			case "\u00b5m", "\u03bcm", "um", "micron", "microns", "micrometer", "micrometre" -> 1;
			case "mm", "millimeter", "millimetre" -> 1e3;
			case "cm", "centimeter", "centimetre" -> 1e4;
			case "m", "meter", "metre" -> 1e6;
			// An inch, too, says nothing of the object: it comes from the dots per inch that files carry for printing.
			default -> 0;
		};
		double size = unit * calibration.pixelWidth;
		return size > 0 && size < Double.POSITIVE_INFINITY ? size : 0;
	}
}
