package io.github.densecolorize;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.github.densecolorize.Colorizer.Phase;

/** Adds up what the stages of a colorization take, of all threads together. */
final class PhaseTimes {

	private final Map<Phase, LongAdder> nanos = new EnumMap<>(Phase.class);

	PhaseTimes() {
		for (var phase : Phase.values())
			nanos.put(phase, new LongAdder());
	}

	void add(Phase phase, long taken) {
		nanos.get(phase).add(taken);
	}

	/**
	 * Ends a stage.
	 *
	 * @param start when it began, in nanoseconds
	 * @return the time now
	 */
	long took(Phase phase, long start) {
		long now = System.nanoTime();
		add(phase, now - start);
		return now;
	}

	Map<Phase, Double> seconds() {
		var seconds = new EnumMap<Phase, Double>(Phase.class);
		nanos.forEach((phase, sum) -> seconds.put(phase, sum.sum() / 1e9));
		return seconds;
	}
}
