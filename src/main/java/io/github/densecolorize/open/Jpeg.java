package io.github.densecolorize.open;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.stream.ImageInputStream;

import ij.Prefs;

/**
 * JPEG, with the pixels that ImageJ's File &gt; Open gives: colour profiles are ignored, and an image whose pixels are all gray becomes an 8-bit
 * image. ImageJ's own reader waits 20 ms for each file, and does not notice if half of a file is missing.
 */
final class Jpeg implements Format {

	@Override
	public boolean recognizes(byte[] head, String name) {
		return head.length > 2 && (head[0] & 255) == 0xff && (head[1] & 255) == 0xd8 && (head[2] & 255) == 0xff;
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		var header = JpegHeader.read(in);
		if (header.components() == 4) throw Refusal.inks();
		if (header.components() != 1 && header.components() != 3) throw Refusal.unsupported("is a JPEG file of " + header.components() +
			" components, which is not read here", "convert it to RGB");
		if (!header.isUsual()) throw Refusal.unsupported("is a JPEG file of a rare kind (" + header.bits() +
			" bits, lossless or with arithmetic coding), which is not read here", "convert it to TIFF");
		in.seek(0);
		var image = decoded(in, header.components());
		int width = image.getWidth(), height = image.getHeight();
		var bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
		boolean gray = header.components() == 1 || isGray(bytes) && !Prefs.openGrayscaleJpegsAsRGB;
		var pixels = header.components() == 1 ? bytes : gray ? first(bytes) : argb(bytes);
		in.close();
		return Orientation.of(ArraySource.of(width, height, gray ? PixelType.GRAY8 : PixelType.RGB, pixels, Details.NONE), header.orientation());
	}

	/** An image whose bytes are gray, or blue, green and red. */
	private static BufferedImage decoded(ImageInputStream in, int components) throws IOException {
		var reader = ImageIO.getImageReadersByFormatName("jpeg").next();
		var ended = new AtomicBoolean();
		reader.addIIOReadWarningListener((source, warning) -> {
			if (warning.contains("premature end of data")) ended.set(true);
		});
		try {
			reader.setInput(in);
			var image = reader.read(0, parameters(components));
			if (ended.get()) throw Refusal.damaged("it ends in the middle of the image");
			return image;
		}
		catch (IIOException e) {
			throw Refusal.damaged("it can't be unpacked", e);
		}
		finally {
			reader.dispose();
		}
	}

	/** If the bands are named, even though these are all of them, Java does not convert from the file's colour profile. */
	private static ImageReadParam parameters(int components) {
		var parameters = new ImageReadParam();
		if (components == 3) {
			parameters.setSourceBands(new int[] { 0, 1, 2 });
			parameters.setDestinationBands(new int[] { 0, 1, 2 });
		}
		return parameters;
	}

	private static boolean isGray(byte[] bgr) {
		for (int i = 0; i < bgr.length; i += 3)
			if (bgr[i] != bgr[i + 1] || bgr[i] != bgr[i + 2]) return false;
		return true;
	}

	private static byte[] first(byte[] bgr) {
		var gray = new byte[bgr.length / 3];
		for (int i = 0; i < gray.length; i++)
			gray[i] = bgr[3 * i];
		return gray;
	}

	private static int[] argb(byte[] bgr) {
		var argb = new int[bgr.length / 3];
		for (int i = 0, j = 0; i < argb.length; i++, j += 3)
			argb[i] = 0xff000000 | (bgr[j + 2] & 255) << 16 | (bgr[j + 1] & 255) << 8 | bgr[j] & 255;
		return argb;
	}
}
