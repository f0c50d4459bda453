package io.github.densecolorize;

import java.util.ArrayList;
import java.util.List;

import net.imglib2.Interval;

import io.github.densecolorize.Colorizer.Phase;
import io.github.densecolorize.model.TensorPainter;
import io.github.densecolorize.model.TileMaps;

/** Renders on the devices of the model, up to the bytes of a result in sRGB. */
final class TensorRenderer implements Renderer {

	private final TensorPainter painter;
	private final PhaseTimes times;

	TensorRenderer(TensorPainter painter, PhaseTimes times) {
		this.painter = painter;
		this.times = times;
	}

	@Override
	public void render(Interval write, Interval seen, float[] l, List<TileMaps> made, List<TileSink> sinks) {
		var results = new ArrayList<Runnable>();
		for (int i = 0; i < sinks.size(); i++)
			results.add(result(write, seen, l, made.get(i), sinks.get(i)));
		long start = System.nanoTime();
		results.forEach(Runnable::run);
		times.took(Phase.MERGING, start);
	}

	/** @return gives the result to the sink */
	private Runnable result(Interval write, Interval seen, float[] l, TileMaps made, TileSink sink) {
		if (sink instanceof ArgbSink argbSink) {
			var argb = painter.argb(write, seen, l, made);
			return () -> argbSink.put(write, argb);
		}
		var lab = painter.lab(write, seen, l, made);
		return () -> sink.put(write, lab[0], lab[1], lab[2]);
	}
}
