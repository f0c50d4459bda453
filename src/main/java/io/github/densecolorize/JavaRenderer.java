package io.github.densecolorize;

import java.util.List;

import net.imglib2.Interval;
import net.imglib2.util.Intervals;

import io.github.densecolorize.Colorizer.Phase;
import io.github.densecolorize.image.GuidedUpsampling;
import io.github.densecolorize.image.MirroredPlane;
import io.github.densecolorize.image.Reduction;
import io.github.densecolorize.model.TileMaps;

/** Renders on the cores of the CPU. */
final class JavaRenderer implements Renderer {

	private final MirroredPlane full;
	private final Reduction reduced;
	private final GuidedUpsampling upsampling;
	private final PhaseTimes times;

	/**
	 * @param full L* of the plane
	 * @param reduced the plane as the network sees it
	 * @param upsampling null if that is not smaller
	 */
	JavaRenderer(MirroredPlane full, Reduction reduced, GuidedUpsampling upsampling, PhaseTimes times) {
		this.full = full;
		this.reduced = reduced;
		this.upsampling = upsampling;
		this.times = times;
	}

	@Override
	public void render(Interval write, Interval seen, float[] l, List<TileMaps> made, List<TileSink> sinks) {
		long start = System.nanoTime();
		if (upsampling == null) {
			give(write, TileMaps.part(l, seen, write), made.stream().map(each -> chroma(TileMaps.part(each.a(), seen, write), TileMaps.part(each.b(), seen,
				write))).toList(), sinks, start);
			return;
		}
		var fullL = new float[(int) Intervals.numElements(write)];
		full.read(write, fullL);
		var upsampled = made.stream().map(each -> upsampled(write, seen, l, each, fullL)).toList();
		give(write, fullL, upsampled, sinks, times.took(Phase.UPSAMPLING, start));
	}

	private TileMaps upsampled(Interval write, Interval seen, float[] l, TileMaps made, float[] fullL) {
		float[] a = new float[fullL.length], b = new float[fullL.length];
		upsampling.upsample(seen, l, made.a(), made.b(), write, fullL, reduced, a, b);
		return chroma(a, b);
	}

	private static TileMaps chroma(float[] a, float[] b) {
		return new TileMaps(new float[0][], a, b, 0);
	}

	private void give(Interval write, float[] l, List<TileMaps> colours, List<TileSink> sinks, long start) {
		for (int i = 0; i < sinks.size(); i++)
			sinks.get(i).put(write, l, colours.get(i).a(), colours.get(i).b());
		times.took(Phase.MERGING, start);
	}
}
