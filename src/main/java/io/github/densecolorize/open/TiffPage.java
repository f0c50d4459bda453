package io.github.densecolorize.open;

import static io.github.densecolorize.open.TiffTags.*;

import java.io.IOException;
import java.util.Arrays;

/** How a page of a TIFF file is stored, by its tags; they have been checked to fit together and to describe a page that can be read here. */
final class TiffPage {

	private static final String TO_TIFF = "convert it to a TIFF file of gray values or RGB, for instance with ImageMagick";
	/** LZW and Deflate reduce uniform data to no less than a thousandth. */
	private static final int MOST_PACKED = 2000;

	final TiffDirectory directory;
	final int width, height, samples, bits, format, photometric, compression, predictor;
	/** Which sample is transparency, counted from 0; -1 if none is. */
	final int alpha;
	/** Whether the other samples were multiplied by transparency. */
	final boolean premultiplied;
	/** Whether each sample has strips or tiles of its own, those of the first sample first. */
	final boolean planar;
	/** Whether the first pixel of a byte is in its lowest bit. */
	final boolean lowestBitFirst;
	final boolean tiled;
	/** Size of a strip or tile in pixels; the last strip may have fewer rows. */
	final int chunkWidth, chunkHeight;
	/** Where strips or tiles begin in the file, and how many bytes they have. */
	final long[] offsets, counts;
	/** How many pixels share a colour; null if none do, or if JPEG takes care of it. */
	final Subsampling subsampling;

	/**
	 * @param length of the file
	 * @throws Refusal if the page contradicts itself, or is of a kind that can't be read here
	 */
	TiffPage(TiffDirectory directory, long length) throws IOException {
		this.directory = directory;
		width = positive(WIDTH, 0, "width");
		height = positive(HEIGHT, 0, "height");
		samples = positive(SAMPLES, 1, "number of samples");
		bits = same(BITS, 1, "bits");
		format = format();
		photometric = (int) directory.number(PHOTOMETRIC, samples < 3 ? BLACK_IS_ZERO : RGB);
		checkMeaning();
		long depth = directory.number(IMAGE_DEPTH, 1);
		if (depth > 1) throw Refusal.unsupported("has " + depth + " slices in one page, which are not read here", "save each slice as a page");
		compression = Math.max(NONE, (int) directory.number(COMPRESSION, NONE));
		TiffCompression.check(compression, bits);
		predictor = predictor((int) directory.number(PREDICTOR, 1));
		long[] extra = directory.numbers(EXTRA_SAMPLES);
		int first = Math.max(0, samples - extra.length), found = 0;
		while (found < extra.length && extra[found] != 1 && extra[found] != 2)
			found++;
		alpha = found < extra.length && first + found > 0 ? first + found : -1;
		premultiplied = alpha >= 0 && extra[found] == 1;
		planar = samples > 1 && directory.number(PLANAR, 1) == 2;
		lowestBitFirst = directory.number(FILL_ORDER, 1) == 2;
		tiled = directory.has(TILE_WIDTH);
		chunkWidth = tiled ? positive(TILE_WIDTH, 0, "width of tiles") : width;
		chunkHeight = tiled ? positive(TILE_HEIGHT, 0, "height of tiles") : (int) Math.min(height, Math.max(1, directory.number(ROWS_PER_STRIP,
			height)));
		if (photometric == YCBCR && planar && Subsampling.of(directory) != null) throw Refusal.unsupported(
			"has planes of colour that are smaller than that of lightness, which is not read here", TO_TIFF);
		subsampling = photometric == YCBCR && !planar && compression != JPEG ? Subsampling.of(directory) : null;
		offsets = directory.numbers(directory.has(TILE_OFFSETS) ? TILE_OFFSETS : STRIP_OFFSETS);
		counts = counts(directory.numbers(directory.has(TILE_COUNTS) ? TILE_COUNTS : STRIP_COUNTS), length);
	}

	private int positive(int tag, long otherwise, String what) throws IOException {
		long value = directory.number(tag, otherwise);
		if (value < 1 || value > Integer.MAX_VALUE) throw Refusal.damaged("it says that its " + what + " is " + value);
		return (int) value;
	}

	/** The value of a tag, if it is the same for all samples. */
	private int same(int tag, int otherwise, String what) throws IOException {
		long[] values = directory.numbers(tag);
		if (values.length == 0) return otherwise;
		if (Arrays.stream(values).anyMatch(v -> v != values[0])) throw Refusal.unsupported("has samples of different " + what + " (" + Arrays
			.toString(values) + "), which are not read here", TO_TIFF);
		return (int) values[0];
	}

	private int format() throws IOException {
		int said = same(SAMPLE_FORMAT, UNSIGNED, "types");
		if (said == 5 || said == 6) throw Refusal.unsupported("has complex numbers, which have no gray", "save their real part or magnitude");
		boolean known = said == FLOAT ? bits == 16 || bits == 24 || bits == 32 || bits == 64 : bits >= 1 && bits <= 32 || bits == 64;
		if (!known) throw Refusal.unsupported("has samples of " + bits + " bits, which are not read here", TO_TIFF);
		return said == SIGNED || said == FLOAT ? said : UNSIGNED;
	}

	private int predictor(int said) throws Refusal {
		if (!TiffPredictor.isUsed(compression, said)) return 1;
		boolean known = said == 2 ? bits == 8 || bits == 16 || bits == 32 || bits == 64 : said == 3 && format == FLOAT;
		if (!known) throw Refusal.unsupported("has differences (predictor " + said + ") of " + bits + " bits, which are not read here", TO_TIFF);
		return said;
	}

	private void checkMeaning() throws Refusal {
		switch (photometric) {
			case WHITE_IS_ZERO, BLACK_IS_ZERO -> {}
			case RGB -> {
				if (samples < 3) throw Refusal.damaged("it says that it is RGB, and that a pixel has " + samples + " samples");
			}
			case PALETTE -> {
				if (bits > 16 || format != UNSIGNED || directory.count(COLOR_MAP) < 3 << bits) throw Refusal.damaged(
					"it says that it has a palette, which is not there");
			}
			case INKS -> throw Refusal.inks();
			case FILTERED_RAW, LINEAR_RAW -> throw rawCamera();
			case YCBCR, CIELAB, ICCLAB -> {
				boolean whole = bits == 8 || bits == 16 && photometric != YCBCR;
				if (!whole || format == FLOAT || samples < 3) throw Refusal.unsupported("has " + samples + " samples of " + bits +
					" bits for a lightness and two differences of colour, which is not read here", TO_TIFF);
			}
			default -> throw Refusal.unsupported("has colours of a kind (" + photometric + ") that is not read here", TO_TIFF);
		}
	}

	static Refusal rawCamera() {
		return Refusal.unsupported("is a raw camera file, whose colours have to be developed", "do so in a program for photographs and save it as TIFF");
	}

	/** How many bytes strips or tiles have; checks that the number is known for all of them. */
	private long[] counts(long[] said, long length) throws Refusal {
		int wanted = Math.multiplyExact(across() * down(), planar ? samples : 1);
		if (offsets.length == 0) throw Refusal.damaged("a page has no pixels");
		if (offsets.length < wanted) throw Refusal.damaged("a page has " + offsets.length + " strips or tiles instead of " + wanted);
		long[] lengths = Arrays.copyOf(said, wanted);
		for (int i = 0; i < wanted; i++) {
			long whole = bytes(i);
			// Old programs do not state how long strips are.
			if (lengths[i] == 0 && (wanted == 1 || said.length == 0 && compression == NONE)) lengths[i] = compression == NONE ? whole : length - offsets[i];
			if (offsets[i] == 0 || lengths[i] == 0) throw Refusal.damaged("one of its strips or tiles was never written");
			if (compression == NONE) {
				if (lengths[i] < whole) throw Refusal.damaged("a strip or tile has " + lengths[i] + " bytes instead of " + whole);
				// The number stated for the last strip may be too large.
				lengths[i] = whole;
			}
			if (offsets[i] < 0 || lengths[i] < 0 || offsets[i] > length - lengths[i]) throw Refusal.damaged("it has " + length +
				" bytes, and its pixels end at " + (offsets[i] + lengths[i]));
			if (TiffCompression.isGeneral(compression) && whole / MOST_PACKED > lengths[i] + 16) throw Refusal.damaged("a strip or tile has " +
				lengths[i] + " bytes, which can't hold " + whole);
		}
		return lengths;
	}

	/** Number of strips or tiles side by side. */
	int across() {
		return (int) (((long) width + chunkWidth - 1) / chunkWidth);
	}

	/** Number of strips or tiles one below the other. */
	int down() {
		return (int) (((long) height + chunkHeight - 1) / chunkHeight);
	}

	/** Number of samples of a pixel that lie side by side. */
	int interleaved() {
		return planar ? 1 : samples;
	}

	/** Number of rows of a strip or tile. */
	int rows(int chunk) {
		int row = chunk % (across() * down()) / across();
		return tiled ? chunkHeight : (int) Math.min(chunkHeight, height - (long) row * chunkHeight);
	}

	/** Number of bytes of a row of an unpacked strip or tile. */
	long rowBytes() {
		return ((long) chunkWidth * interleaved() * bits + 7) / 8;
	}

	/** Number of bytes of an unpacked strip or tile. */
	long bytes(int chunk) {
		return subsampling == null ? rows(chunk) * rowBytes() : subsampling.bytes(chunkWidth, rows(chunk));
	}

	/** Whether the file holds the bytes of the pixels as they will be in memory, row by row. */
	boolean isStoredAs(PixelType type) {
		return type == PixelType.GRAY8 && bits == 8 && samples == 1 && format == UNSIGNED && photometric == BLACK_IS_ZERO && compression == NONE &&
			!lowestBitFirst;
	}
}
