package io.github.densecolorize;

import java.util.Arrays;
import java.util.List;

import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import io.github.densecolorize.image.MirroredPlane;
import io.github.densecolorize.image.Tile;

/**
 * Makes hints hold exactly at their place, at full resolution: a*b* of the pixels that a hint covers become its own, and a*b* of the pixels around
 * become w times the hint's, and 1 - w times their own, with
 * <pre>
 * w = max over pixels h on the hint's border of exp(-½ (|Δp|² / radius² + ΔL*² / 10²))
 * </pre>
 */
final class HintHold {

	/** Of the radius, in pixels of the full plane. */
	private static final double SMALLEST = 1, LARGEST = 8;
	/** How many radii away w counts as 0. */
	private static final double REACH = 3;
	private static final float LIGHTNESS = 10;
	/** Side of the squares that are worked on at a time. */
	private static final int BLOCK = 256;

	private final List<Hint> hints;
	private final MirroredPlane full;
	private final float radius;
	private final int reach;

	/**
	 * @param hints that act on the plane
	 * @param full L* at full resolution
	 * @param scale of the reduced plane; the radius is half of its pixels
	 */
	HintHold(List<Hint> hints, MirroredPlane full, double scale) {
		this.hints = hints;
		this.full = full;
		radius = (float) Math.min(Math.max(0.5 / scale, SMALLEST), LARGEST);
		reach = (int) Math.ceil(REACH * radius);
	}

	/** Lets the hints hold in what a sink takes. */
	TileSink before(TileSink sink) {
		return (tile, l, a, b) -> {
			apply(tile, a, b);
			sink.put(tile, l, a, b);
		};
	}

	/**
	 * @param tile pixels of the full plane
	 * @param a a* of them, row by row; changed
	 * @param b b* likewise
	 */
	void apply(Interval tile, float[] a, float[] b) {
		// A pixel is on the border by its neighbours, hence one more. Blocks keep the memory small, and all cores at work.
		Tile.cover(tile, BLOCK, reach + 1).parallelStream().forEach(block -> {
			var covered = covered(block.read());
			if (covered != null) new Around(block, Intervals.intersect(block.read(), Intervals.expand(covered, reach + 1))).apply(tile, a, b);
		});
	}

	/** The smallest rectangle around the pixels in a window that hints cover; null if there are none. */
	private Interval covered(Interval window) {
		long left = Long.MAX_VALUE, top = left, right = Long.MIN_VALUE, bottom = right;
		for (var hint : hints)
			for (var run : hint.runs()) {
				if (run.y() < window.min(1) || run.y() > window.max(1) || run.to() < window.min(0) || run.from() > window.max(0)) continue;
				left = Math.min(left, Math.max(run.from(), window.min(0)));
				right = Math.max(right, Math.min(run.to(), window.max(0)));
				top = Math.min(top, run.y());
				bottom = Math.max(bottom, run.y());
			}
		return left > right ? null : FinalInterval.createMinMax(left, top, right, bottom);
	}

	/** The surroundings of hints in a block. */
	private final class Around {

		private final Interval window, changed;
		private final int width, height;
		/** For each pixel of the window the hint that covers it, counted from 1; 0 if there is none. */
		private final int[] owner;
		private final float[] l;
		/** For each pixel the smallest sum in w so far, and whose it is. */
		private final float[] distance;
		private final int[] nearest;

		/** @param window the part of the block's surroundings that matters */
		Around(Tile block, Interval window) {
			this.window = window;
			changed = Intervals.intersect(window, block.write());
			width = (int) window.dimension(0);
			height = (int) window.dimension(1);
			owner = new int[width * height];
			l = new float[owner.length];
			distance = new float[owner.length];
			nearest = new int[owner.length];
			full.read(window, l);
			Arrays.fill(distance, Float.MAX_VALUE);
			for (int i = 0; i < hints.size(); i++)
				for (var run : hints.get(i).runs())
					if (run.y() >= window.min(1) && run.y() <= window.max(1)) cover(run, i + 1);
		}

		private void cover(Hint.Run run, int hint) {
			int row = (int) (run.y() - window.min(1)) * width;
			long from = Math.max(run.from(), window.min(0)), to = Math.min(run.to(), window.max(0));
			for (long x = from; x <= to; x++)
				owner[row + (int) (x - window.min(0))] = hint;
		}

		void apply(Interval tile, float[] a, float[] b) {
			for (int y = 1; y < height - 1; y++)
				for (int x = 1; x < width - 1; x++) {
					int i = y * width + x;
					if (owner[i] != 0 && isBorder(i)) spread(x, y);
				}
			for (long y = changed.min(1); y <= changed.max(1); y++)
				for (long x = changed.min(0); x <= changed.max(0); x++) {
					int i = (int) ((y - window.min(1)) * width + x - window.min(0)), out = (int) ((y - tile.min(1)) * tile.dimension(0) + x - tile.min(0));
					int hint = owner[i] != 0 ? owner[i] : nearest[i];
					if (hint == 0) continue;
					float w = owner[i] != 0 ? 1 : (float) Math.exp(-0.5 * distance[i]);
					a[out] = (1 - w) * a[out] + w * hints.get(hint - 1).a();
					b[out] = (1 - w) * b[out] + w * hints.get(hint - 1).b();
				}
		}

		private boolean isBorder(int i) {
			return owner[i - 1] != owner[i] || owner[i + 1] != owner[i] || owner[i - width] != owner[i] || owner[i + width] != owner[i];
		}

		private void spread(int x, int y) {
			int from = y * width + x;
			for (int dy = -Math.min(reach, y); dy <= Math.min(reach, height - 1 - y); dy++)
				for (int dx = -Math.min(reach, x); dx <= Math.min(reach, width - 1 - x); dx++) {
					int i = from + dy * width + dx, squared = dx * dx + dy * dy;
					if (owner[i] != 0 || squared > reach * reach) continue;
					float dl = (l[i] - l[from]) / LIGHTNESS, sum = squared / (radius * radius) + dl * dl;
					if (sum >= distance[i]) continue;
					distance[i] = sum;
					nearest[i] = owner[from];
				}
		}
	}
}
