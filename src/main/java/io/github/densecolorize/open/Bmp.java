package io.github.densecolorize.open;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteOrder;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;

/** BMP, unpacked by Java. */
final class Bmp implements Format {

	@Override
	public boolean recognizes(byte[] head, String name) {
		return head.length > 18 && head[0] == 'B' && head[1] == 'M' && head[15] == 0 && head[16] == 0 && head[17] == 0;
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		checkLength(in);
		in.seek(0);
		var reader = ImageIO.getImageReadersByFormatName("bmp").next();
		try {
			reader.setInput(in);
			return source(reader.read(0));
		}
		catch (IOException e) {
			throw e instanceof Refusal ? e : Refusal.damaged("it can't be unpacked", e);
		}
		finally {
			reader.dispose();
		}
	}

	/** Where the pixels end, if they are not packed; Java fills up with black what is missing. */
	private static void checkLength(ImageInputStream in) throws IOException {
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		in.seek(10);
		long start = in.readUnsignedInt(), header = in.readUnsignedInt();
		boolean old = header == 12;
		long width = old ? in.readUnsignedShort() : in.readInt(), height = old ? in.readUnsignedShort() : Math.abs((long) in.readInt());
		in.skipBytes(2);
		int bits = in.readUnsignedShort();
		long packing = old ? 0 : in.readUnsignedInt();
		if (width < 1 || height < 1 || width * height > Integer.MAX_VALUE) throw Refusal.damaged("it says that it is " + width + " x " + height +
			" pixels");
		long end = start + (width * bits + 31) / 32 * 4 * height;
		boolean plain = packing == 0 || packing == 3 || packing == 6;
		if (plain && end > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + end);
	}

	private static ImageSource source(BufferedImage image) {
		int width = image.getWidth(), height = image.getHeight();
		var argb = image.getRGB(0, 0, width, height, null, 0, width);
		boolean through = false;
		if (image.getColorModel().hasAlpha()) for (int i = 0; i < argb.length; i++) {
			through |= argb[i] >>> 24 < 255;
			argb[i] = Transparency.onWhite(argb[i]);
		}
		var details = through ? Details.NONE.say(Transparency.SENTENCE) : Details.NONE;
		boolean gray = image.getColorModel() instanceof IndexColorModel palette && ColorTable.of(palette).isGray();
		if (!gray) return ArraySource.of(width, height, PixelType.RGB, argb, details);
		var bytes = new byte[argb.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) argb[i];
		return ArraySource.of(width, height, PixelType.GRAY8, bytes, details);
	}
}
