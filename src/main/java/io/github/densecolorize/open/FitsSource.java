package io.github.densecolorize.open;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.ByteBuffer;

import javax.imageio.stream.ImageInputStream;

/**
 * An image of a FITS file: the physical values (BZERO + BSCALE × stored value). The first row is shown at the bottom, as ImageJ and astronomers do.
 */
final class FitsSource implements ImageSource {

	private final ImageInputStream in;
	private final FitsHeader header;
	private final Details details;
	private final Layout layout;
	private final int bits;
	private final double scale, zero, blank;

	FitsSource(ImageInputStream in, FitsHeader header) throws Refusal {
		this(in, header, Details.NONE.withInfo(header.text()));
	}

	FitsSource(ImageInputStream in, FitsHeader header, Details details) throws Refusal {
		this.in = in;
		this.header = header;
		this.details = details;
		bits = header.bits();
		scale = header.number("BSCALE", 1);
		zero = header.number("BZERO", 0);
		blank = bits > 0 ? header.number("BLANK", Double.NaN) : Double.NaN;
		if (bits != 8 && bits != 16 && bits != 32 && bits != 64 && bits != -32 && bits != -64) throw Refusal.damaged("its BITPIX is " + bits +
			"; it may be 8, 16, 32, 64, -32 or -64");
		if (scale == 0) throw Refusal.damaged("its BSCALE is 0, which makes all its gray values the same");
		long slices = header.axis(3), frames = 1;
		for (int i = 4; i <= header.axes(); i++)
			frames = Math.multiplyExact(frames, header.axis(i));
		layout = new Layout(Math.toIntExact(header.axis(1)), Math.toIntExact(header.axis(2)), 1, Math.toIntExact(slices),
			Math.toIntExact(frames), type());
	}

	private PixelType type() {
		if (!Double.isNaN(blank) || scale != 1) return PixelType.GRAY32;
		if (bits == 8 && zero == 0) return PixelType.GRAY8;
		if (bits == 16 && zero == PixelType.ZERO) return PixelType.GRAY16;
		return bits == 16 && zero == 0 || bits == 8 && zero == -128 ? PixelType.SIGNED16 : PixelType.GRAY32;
	}

	@Override
	public Layout layout() {
		return layout;
	}

	@Override
	public Details details() {
		return details;
	}

	@Override
	public Object read(int plane, Rectangle region) throws IOException {
		var pixels = layout.type().array(region.width * region.height);
		int size = Math.abs(bits) / 8;
		var row = ByteBuffer.allocate(region.width * size);
		for (int y = 0; y < region.height; y++) {
			long fromBottom = (long) plane * layout.height() + layout.height() - 1 - region.y - y;
			in.seek(header.start() + (fromBottom * layout.width() + region.x) * size);
			in.readFully(row.array());
			for (int x = 0; x < region.width; x++)
				layout.type().put(pixels, y * region.width + x, value(stored(row, x * size)));
		}
		return pixels;
	}

	private double stored(ByteBuffer row, int at) {
		return switch (bits) {
			case 8 -> row.get(at) & 0xff;
			case 16 -> row.getShort(at);
			case 32 -> row.getInt(at);
			case 64 -> row.getLong(at);
			case -32 -> row.getFloat(at);
			default -> row.getDouble(at);
		};
	}

	private double value(double stored) {
		return stored == blank ? Double.NaN : zero + scale * stored;
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
