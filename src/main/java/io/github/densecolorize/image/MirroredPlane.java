package io.github.densecolorize.image;

import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.blocks.PrimitiveBlocks;
import net.imglib2.blocks.PrimitiveBlocks.OnFallback;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

/**
 * A plane that continues outside as its mirror image, the border pixel repeated (... 1 0 | 0 1 2 | 2 1 ...), read
 * block by block. May be read from several threads.
 */
public final class MirroredPlane {

	private final PrimitiveBlocks<FloatType> blocks;

	public MirroredPlane(RandomAccessibleInterval<FloatType> plane) {
		// If the fast copier does not support a lazy view, the slower way is used, which gives the same values.
		blocks = PrimitiveBlocks.of(Views.extendMirrorDouble(plane), OnFallback.ACCEPT).threadSafe();
	}

	/**
	 * @param block pixels to read, anywhere
	 * @param out set to them, row by row; may be longer
	 */
	public void read(Interval block, float[] out) {
		blocks.copy(block, out);
	}
}
