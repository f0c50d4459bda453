package io.github.densecolorize.open;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.imageio.stream.ImageInputStream;

/** Unpacks strips and tiles of a page. Those that were read last are kept, as the next channel or the neighbouring region needs them again. */
final class TiffChunks {

	/** How many bytes of unpacked strips and tiles are kept. */
	private static final long KEPT = 1 << 25;
	/** How many bytes are read at once: Java needs a second buffer of that size, and both should fit into the processor's caches. */
	private static final int AT_ONCE = 1 << 16;

	private final ImageInputStream in;
	private final Map<String, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
	private long keptBytes;
	private byte[] buffer = {};

	TiffChunks(ImageInputStream in) {
		this.in = in;
	}

	/**
	 * Rows of a strip or tile.
	 *
	 * @param shift bytes from the page's pixels to the plane's, if they are not packed
	 * @param chunk number of the strip or tile, counted from 0
	 * @param from first row, counted from the chunk's top
	 * @param rows how many
	 * @return its samples, one object for each sample of a pixel; valid until the next call, unless the page is planar
	 */
	Samples[] read(TiffPage page, long shift, int chunk, int from, int rows) throws IOException {
		boolean plain = page.compression == TiffTags.NONE && page.subsampling == null;
		long rowBytes = page.rowBytes();
		byte[] data;
		if (plain) {
			int size = Math.toIntExact(rows * rowBytes);
			data = page.planar ? new byte[size] : rowsBuffer(size);
			in.seek(page.offsets[chunk] + shift + from * rowBytes);
			in.readFully(data, 0, size);
			if (page.lowestBitFirst) reverseBits(data);
		}
		else data = whole(page, chunk);
		int offset = plain ? 0 : Math.toIntExact(from * rowBytes), n = page.interleaved();
		var samples = new Samples[n];
		for (int i = 0; i < n; i++)
			samples[i] = new Samples(data, offset, (int) rowBytes, n, i, page.bits, page.format, in.getByteOrder());
		return samples;
	}

	/**
	 * Reads whole rows of bytes to where they belong.
	 *
	 * @param page that is {@linkplain TiffPage#isStoredAs stored} so
	 */
	void read(TiffPage page, long shift, int strip, int from, int rows, byte[] to, int at) throws IOException {
		in.seek(page.offsets[strip] + shift + from * page.rowBytes());
		int end = at + Math.toIntExact(rows * page.rowBytes());
		for (int i = at; i < end; i += AT_ONCE)
			in.readFully(to, i, Math.min(AT_ONCE, end - i));
	}

	/** A buffer that is used again for the next rows. */
	private byte[] rowsBuffer(int size) {
		if (buffer.length < size) buffer = new byte[size];
		return buffer;
	}

	private byte[] whole(TiffPage page, int chunk) throws IOException {
		var key = page.offsets[chunk] + "+" + page.counts[chunk];
		var found = kept.get(key);
		if (found != null) return found;
		var unpacked = unpacked(page, chunk);
		kept.put(key, unpacked);
		keptBytes += unpacked.length;
		for (var eldest = kept.values().iterator(); keptBytes > KEPT && kept.size() > 1;) {
			keptBytes -= eldest.next().length;
			eldest.remove();
		}
		return unpacked;
	}

	private byte[] unpacked(TiffPage page, int chunk) throws IOException {
		var packed = new byte[Math.toIntExact(page.counts[chunk])];
		in.seek(page.offsets[chunk]);
		in.readFully(packed);
		if (page.lowestBitFirst && page.compression != TiffTags.JPEG) reverseBits(packed);
		int rows = page.rows(chunk);
		long size = page.bytes(chunk);
		if (size > Integer.MAX_VALUE - 8) throw Refusal.unsupported("has strips or tiles of " + size + " bytes, which are too large to be unpacked",
			"save it again in tiles");
		var unpacked = TiffCompression.unpack(page, packed, rows, (int) size);
		if (page.subsampling != null) return page.subsampling.apart(unpacked, page.chunkWidth, rows);
		if (page.predictor > 1) TiffPredictor.undo(page, unpacked, rows, in.getByteOrder());
		return unpacked;
	}

	private static void reverseBits(byte[] data) {
		for (int i = 0; i < data.length; i++)
			data[i] = (byte) (Integer.reverse(data[i]) >>> 24);
	}
}
