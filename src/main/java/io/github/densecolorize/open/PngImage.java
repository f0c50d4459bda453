package io.github.densecolorize.open;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pixels of a PNG file from the bytes that were unpacked. */
final class PngImage {

	private static final int GRAY = 0, RGB = 2, PALETTE = 3, ALPHA = 4;
	/** What a byte of a row was predicted to be: the one to the left, above, the mean of both, or one of three (ISO 15948, section 9). */
	private static final int LEFT = 1, UP = 2, MEAN = 3, PAETH = 4;
	/** Adam7: first column and row, and the steps, of the seven passes of an interlaced image, which appears little by little. */
	private static final int[][] PASSES = { { 0, 0, 8, 8 }, { 4, 0, 8, 8 }, { 0, 4, 4, 8 }, { 2, 0, 4, 4 }, { 0, 2, 2, 4 }, { 1, 0, 2, 2 }, { 0, 1,
		1, 2 } };
	private static final int[][] WHOLE = { { 0, 0, 1, 1 } };

	private final int width, height, bits, kind, samples;
	private final int[][] passes;
	private final byte[] palette, transparent;
	private final boolean animated;

	/** @param chunks by their types */
	PngImage(Map<String, byte[]> chunks) throws Refusal {
		var header = ByteBuffer.wrap(chunks.getOrDefault("IHDR", new byte[0]));
		if (header.remaining() < 13) throw Refusal.damaged("its size is missing");
		width = header.getInt();
		height = header.getInt();
		bits = header.get();
		kind = header.get();
		passes = header.get(12) == 1 ? PASSES : WHOLE;
		samples = switch (kind) {
			case GRAY, PALETTE -> 1;
			case GRAY | ALPHA -> 2;
			case RGB -> 3;
			default -> 4;
		};
		boolean known = switch (bits) {
			case 1, 2, 4 -> kind == GRAY || kind == PALETTE;
			case 8 -> kind == GRAY || kind == RGB || kind == PALETTE || kind == (GRAY | ALPHA) || kind == (RGB | ALPHA);
			case 16 -> kind == GRAY || kind == RGB || kind == (GRAY | ALPHA) || kind == (RGB | ALPHA);
			default -> false;
		};
		if (!known || width < 1 || height < 1) throw Refusal.damaged("it says that it is " + width + " x " + height + " pixels of " + bits + " bits, kind " +
			kind);
		palette = chunks.get("PLTE");
		if (kind == PALETTE && palette == null) throw Refusal.damaged("its palette is missing");
		transparent = chunks.get("tRNS");
		animated = chunks.containsKey("acTL");
		if ((long) width * height > Integer.MAX_VALUE - 8) throw Refusal.unsupported("is " + width + " x " + height +
			" pixels, more than ImageJ can hold in a plane", "cut it into parts");
	}

	/** How many bytes the pixels have when they are unpacked. */
	long bytes() {
		long bytes = 0;
		for (var pass : passes)
			if (columns(pass) > 0) bytes += rows(pass) * (1 + rowBytes(pass));
		return bytes;
	}

	private long columns(int[] pass) {
		return Math.max(0, ((long) width - pass[0] + pass[2] - 1) / pass[2]);
	}

	private long rows(int[] pass) {
		return Math.max(0, ((long) height - pass[1] + pass[3] - 1) / pass[3]);
	}

	private long rowBytes(int[] pass) {
		return (columns(pass) * samples * bits + 7) / 8;
	}

	/** @param bytes as unpacked; changed */
	ImageSource source(byte[] bytes) throws Refusal {
		var table = kind == PALETTE ? table() : null;
		boolean gray = kind == GRAY || kind == (GRAY | ALPHA) || table != null && table.isGray();
		var type = bits == 16 ? PixelType.GRAY16 : gray ? PixelType.GRAY8 : PixelType.RGB;
		int channels = bits == 16 ? samples - kind / ALPHA : 1;
		var planes = new ArrayList<Object>();
		for (int c = 0; c < channels; c++)
			planes.add(type.array(width * height));
		boolean through = false;
		int start = 0;
		for (var pass : passes) {
			int columns = (int) columns(pass), rows = (int) rows(pass), rowBytes = (int) rowBytes(pass);
			if (columns == 0) continue;
			var row = new int[columns * samples];
			for (int y = 0; y < rows; y++, start += rowBytes + 1) {
				unfilter(bytes, start, rowBytes, y == 0);
				int at = (pass[1] + y * pass[3]) * width + pass[0];
				if (kind == GRAY && bits == 8 && pass[2] == 1) {
					System.arraycopy(bytes, start + 1, planes.get(0), at, columns);
					continue;
				}
				unpack(bytes, start + 1, row);
				through |= putOnWhite(row);
				for (int c = 0; c < channels; c++)
					store(row, c, table, planes.get(c), at, pass[2]);
			}
		}
		var details = through ? Details.NONE.say(Transparency.SENTENCE) : Details.NONE;
		if (kind < ALPHA && kind != PALETTE && transparent != null) details = details.say(
			"One gray value or colour is marked as transparent; it is taken as it is.");
		if (animated) details = details.say("It is animated; its first picture is taken.");
		return new ArraySource(new Layout(width, height, channels, 1, 1, type), details, List.copyOf(planes));
	}

	/** The palette's colours, put on white where they are transparent. */
	private ColorTable table() {
		var argb = new int[palette.length / 3];
		for (int i = 0; i < argb.length; i++) {
			int opacity = transparent != null && i < transparent.length ? transparent[i] & 255 : 255;
			for (int c = 0; c < 3; c++)
				argb[i] = argb[i] << 8 | onWhite(palette[3 * i + c] & 255, opacity, 255);
		}
		return new ColorTable(argb);
	}

	private static int onWhite(int value, int opacity, int max) {
		return opacity == max ? value : (int) Math.round((value * (double) opacity + max * (double) (max - opacity)) / max);
	}

	/** Adds to each byte its predicted value (ISO 15948, section 9). */
	private void unfilter(byte[] bytes, int start, int rowBytes, boolean top) throws Refusal {
		int step = Math.max(1, samples * bits / 8), first = start + 1, above = -rowBytes - 1;
		int filter = bytes[start];
		if (filter < 0 || filter > PAETH) throw Refusal.damaged("a row is filtered in no known way (" + filter + ")");
		// What lies outside is 0. A loop for each filter, so that the filter is not asked for at each byte.
		int end = first + rowBytes, inside = Math.min(end, first + step);
		switch (filter) {
			case LEFT -> {
				for (int i = inside; i < end; i++)
					bytes[i] += bytes[i - step];
			}
			case UP -> {
				if (!top) for (int i = first; i < end; i++)
					bytes[i] += bytes[i + above];
			}
			case MEAN -> {
				for (int i = first; i < end; i++)
					bytes[i] += (byte) (((i < inside ? 0 : bytes[i - step] & 255) + (top ? 0 : bytes[i + above] & 255)) / 2);
			}
			case PAETH -> {
				for (int i = first; i < inside && !top; i++)
					bytes[i] += bytes[i + above];
				for (int i = inside; i < end; i++) {
					int left = bytes[i - step] & 255;
					bytes[i] += (byte) (top ? left : paeth(left, bytes[i + above] & 255, bytes[i - step + above] & 255));
				}
			}
			default -> {}
		}
	}

	private static int paeth(int left, int up, int corner) {
		int toLeft = Math.abs(up - corner), toUp = Math.abs(left - corner), toCorner = Math.abs(left + up - 2 * corner);
		return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
	}

	private void unpack(byte[] bytes, int at, int[] row) {
		if (bits == 8) for (int i = 0; i < row.length; i++)
			row[i] = bytes[at + i] & 255;
		else if (bits == 16) for (int i = 0; i < row.length; i++)
			row[i] = (bytes[at + 2 * i] & 255) << 8 | bytes[at + 2 * i + 1] & 255;
		else for (int i = 0; i < row.length; i++)
			row[i] = bytes[at + i * bits / 8] >> 8 - bits - i * bits % 8 & (1 << bits) - 1;
	}

	/** @return whether a pixel of the row is transparent */
	private boolean putOnWhite(int[] row) {
		int max = (1 << bits) - 1, colours = samples - kind / ALPHA;
		boolean through = false;
		if (kind >= ALPHA) for (int i = 0; i < row.length; i += samples) {
			int opacity = row[i + colours];
			if (opacity == max) continue;
			through = true;
			for (int c = i; c < i + colours; c++)
				row[c] = onWhite(row[c], opacity, max);
		}
		else if (kind == PALETTE && transparent != null) for (int index : row)
			through |= index < transparent.length && transparent[index] != -1;
		return through;
	}

	/** Stores a channel of a row in its plane. */
	private void store(int[] row, int channel, ColorTable table, Object plane, int at, int step) {
		int n = row.length / samples;
		if (plane instanceof short[] shorts) for (int i = 0; i < n; i++)
			shorts[at + i * step] = (short) row[i * samples + channel];
		else if (plane instanceof byte[] bytes) {
			int scale = table == null ? 255 / ((1 << bits) - 1) : 0;
			for (int i = 0; i < n; i++)
				bytes[at + i * step] = (byte) (table == null ? row[i * samples] * scale : table.argb(row[i]));
		}
		else {
			var argb = (int[]) plane;
			for (int i = 0, j = 0; i < n; i++, j += samples)
				argb[at + i * step] = table != null ? table.argb(row[i]) : 0xff000000 | row[j] << 16 | row[j + 1] << 8 | row[j + 2];
		}
	}
}
