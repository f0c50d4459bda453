package io.github.densecolorize.train;

import java.util.ArrayList;
import java.util.List;

/** The measurements of a run, and which one was the best. */
final class Measurements {

	private final List<TrainingReport> reports = new ArrayList<>();

	/** The measurements of a run that was stopped. */
	void addAll(List<TrainingReport> before) {
		reports.addAll(before);
	}

	void add(TrainingReport report) {
		reports.add(report);
	}

	List<TrainingReport> all() {
		return List.copyOf(reports);
	}

	/** Whether a loss on the validation images is the lowest so far. */
	boolean isBest(double loss) {
		return reports.isEmpty() || loss < reports.get(best()).validationChromaLoss();
	}

	/** Whether the last measurement was made after this many batches. */
	boolean has(long step) {
		return !reports.isEmpty() && reports.get(reports.size() - 1).step() == step;
	}

	/** How many measurements there were since the best one. */
	int sinceBest() {
		return reports.isEmpty() ? 0 : reports.size() - 1 - best();
	}

	private int best() {
		int best = reports.size() - 1;
		while (!reports.get(best).best())
			best--;
		return best;
	}
}
