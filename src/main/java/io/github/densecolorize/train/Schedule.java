package io.github.densecolorize.train;

import io.github.densecolorize.model.TrainingSettings;

/**
 * How far a training has got, and how large its steps are. Both depend only on the number of batches and the time.
 *
 * @param learningRate after the warm-up
 * @param epochs after which the training ends
 * @param minutes after which it ends if that is sooner; 0 for no limit
 * @param stepsPerEpoch batches in an epoch
 */
record Schedule(double learningRate, int epochs, double minutes, long stepsPerEpoch) {

	/** Number of steps over which the learning rate rises, as long as Adam's moments are averages of too few steps. */
	static final int WARM_UP = 200;

	/** @param images that an epoch takes */
	static Schedule of(TrainingSettings settings, int images) {
		return new Schedule(settings.learningRate(), settings.epochs(), settings.minutes(), (images + settings.batch() - 1L) / settings.batch());
	}

	/** How many epochs this many batches are, with fractions. */
	double epoch(long step) {
		return (double) step / stepsPerEpoch;
	}

	/** Whether an epoch ends with the last of these batches. */
	boolean endsEpoch(long step) {
		return step > 0 && step % stepsPerEpoch == 0;
	}

	/**
	 * How much of the training is done, 0 to 1 or above.
	 *
	 * @param step batches so far
	 * @param elapsed minutes so far
	 */
	double share(long step, double elapsed) {
		double done = epoch(step) / epochs;
		return minutes == 0 ? done : Math.max(done, elapsed / minutes);
	}

	/**
	 * The learning rate of the batch that follows this many: it rises over the warm-up, then falls along a cosine to 0 (Loshchilov and Hutter 2017).
	 */
	float learningRate(long step, double elapsed) {
		double warm = Math.min(1, (step + 1.0) / WARM_UP);
		return (float) (learningRate * warm * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, share(step, elapsed)))));
	}
}
