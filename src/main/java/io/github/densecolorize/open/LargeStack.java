package io.github.densecolorize.open;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.basictypeaccess.DataAccess;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.img.basictypeaccess.array.FloatArray;
import net.imglib2.img.basictypeaccess.array.IntArray;
import net.imglib2.img.basictypeaccess.array.ShortArray;
import net.imglib2.img.cell.Cell;
import net.imglib2.img.cell.CellGrid;
import net.imglib2.img.cell.LazyCellImg;
import net.imglib2.type.NativeType;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/**
 * The planes of a file that may be too large for the memory, and even for an array of Java. They are read by regions, from several threads if need
 * be; the blocks that were read last are kept. ImageJ learns their size and type only: the slices that it is given have no pixels, see
 * {@link Plane#of}.
 */
final class LargeStack extends FileStack {

	/**
	 * How many bytes of blocks are kept at most: enough for the rows that a tile of the network sees, over the width of a slide of 90,000 colour
	 * pixels at the usual scale of 1/4, so that strips are unpacked once.
	 */
	private static final long MOST_KEPT = 1L << 29;
	/** No more than this part of Java's memory is for them. */
	private static final int MEMORY_SHARE = 4;

	private record Key(int plane, long block) {}

	private final CellGrid grid;
	private final Map<Key, Object> kept = new LinkedHashMap<>(16, 0.75f, true);
	private final long mostKept;
	private long keptBytes;

	/** @param file its path, for messages */
	LargeStack(ImageSource source, String file) {
		this(source, file, source.block(), Math.min(MOST_KEPT, Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
	}

	/**
	 * @param block size of the blocks that are read at once
	 * @param mostKept bytes of blocks that are kept, if they are several
	 */
	LargeStack(ImageSource source, String file, Dimension block, long mostKept) {
		super(source, file);
		this.mostKept = mostKept;
		grid = new CellGrid(new long[] { layout.width(), layout.height() }, new int[] { Math.min(block.width, layout.width()), Math.min(block.height,
			layout.height()) });
	}

	/** @param plane counted from 0 */
	Plane plane(int plane) {
		return switch (layout.type()) {
			case GRAY8 -> new Plane(image(plane, new UnsignedByteType(), pixels -> new ByteArray((byte[]) pixels)), null);
			case GRAY16, SIGNED16 -> new Plane(image(plane, new UnsignedShortType(), pixels -> new ShortArray((short[]) pixels)), null);
			case GRAY32 -> new Plane(image(plane, new FloatType(), pixels -> new FloatArray((float[]) pixels)), null);
			case RGB -> new Plane(null, image(plane, new ARGBType(), pixels -> new IntArray((int[]) pixels)));
		};
	}

	private <T extends NativeType<T>, A extends DataAccess> RandomAccessibleInterval<T> image(int plane, T type, Function<Object, A> access) {
		return new LazyCellImg<T, A>(grid, type, index -> {
			var min = new long[2];
			var size = new int[2];
			grid.getCellDimensions(index, min, size);
			return new Cell<>(size, min, access.apply(block(new Key(plane, index), new Rectangle((int) min[0], (int) min[1], size[0], size[1]))));
		});
	}

	/** @throws UncheckedIOException with a sentence that names the file */
	private Object block(Key key, Rectangle region) {
		var found = kept(key);
		if (found != null) return found;
		// One thread reads, while others look at what is there.
		synchronized (source) {
			found = kept(key);
			if (found != null) return found;
			try {
				var pixels = Refusal.naming(file, () -> source.read(key.plane, region));
				keep(key, pixels, (long) region.width * region.height * layout.type().bytes());
				return pixels;
			}
			catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	}

	private Object kept(Key key) {
		synchronized (kept) {
			return kept.get(key);
		}
	}

	private void keep(Key key, Object pixels, long bytes) {
		synchronized (kept) {
			kept.put(key, pixels);
			keptBytes += bytes;
			for (var eldest = kept.entrySet().iterator(); keptBytes > mostKept && kept.size() > 1;) {
				var size = new int[2];
				grid.getCellDimensions(eldest.next().getKey().block, new long[2], size);
				keptBytes -= (long) size[0] * size[1] * layout.type().bytes();
				eldest.remove();
			}
		}
	}

	/** What ImageJ makes an image of: it has the right size and type, but no pixels. */
	@Override
	public ImageProcessor getProcessor(int n) {
		int width = layout.width(), height = layout.height();
		var ip = switch (layout.type()) {
			case GRAY8 -> new ByteProcessor(width, height, null, details.lut());
			case GRAY16, SIGNED16 -> new ShortProcessor(width, height, null, details.lut());
			case GRAY32 -> new FloatProcessor(width, height, null, details.lut());
			case RGB -> new ColorProcessor(width, height, null);
		};
		if (layout.type() == PixelType.RGB) return ip;
		if (details.range() != null) ip.setMinAndMax(details.range().min(), details.range().max());
		// Otherwise ImageJ would look for the smallest and the largest value.
		else if (layout.type() != PixelType.GRAY8) ip.setMinAndMax(0, 1);
		return ip;
	}

	@Override
	public Object getPixels(int n) {
		throw new IllegalStateException("The pixels of " + file + " are read by regions only");
	}
}
