package io.github.densecolorize.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.model.TrainingSettings;

public class ScheduleTest {

	/** 1,000 steps: 10 epochs of 100. */
	private static final Schedule STEPS = new Schedule(0.01, 10, 0, 100);

	/** Of the first 200 steps each adds a two-hundredth of the rate; a tenth of the way, the cosine is at (1 + cos 18 degrees) / 2 = 0.9755. */
	@Test
	public void theRateRisesOverTwoHundredSteps() {
		assertEquals(0.01 / 200, STEPS.learningRate(0, 0), 1e-9);
		assertEquals(0.01 * 0.5 * 0.9757, STEPS.learningRate(99, 0), 2e-6);
		assertEquals(0.01 * 0.9755 * 101 / 200, STEPS.learningRate(100, 0), 2e-6);
	}

	/** At a half 1/2, at three quarters (1 - 0.7071) / 2 = 0.1464, at the end and beyond nothing. */
	@Test
	public void thenItFallsAlongACosine() {
		assertEquals(0.01 * 0.5, STEPS.learningRate(500, 0), 1e-8);
		assertEquals(0.01 * 0.14645, STEPS.learningRate(750, 0), 1e-6);
		assertEquals(0, STEPS.learningRate(1000, 0), 1e-8);
		assertEquals(0, STEPS.learningRate(1200, 0), 1e-8);
	}

	/** Half of the steps in three quarters of the minutes: the minutes decide. */
	@Test
	public void theMinutesCountIfTheyEndFirst() {
		var timed = new Schedule(0.01, 10, 40, 100);
		assertEquals(0.75, timed.share(500, 30));
		assertEquals(0.5, timed.share(500, 10));
		assertEquals(0.5, STEPS.share(500, 30));
		assertEquals(0.01 * 0.14645, timed.learningRate(500, 30), 1e-6);
	}

	/** 10 images in batches of 4 are three. */
	@Test
	public void anEpochIsAsManyBatchesAsShowEachImage() {
		var schedule = Schedule.of(TrainingSettings.on("made up").batch(4).build(), 10);
		assertEquals(2, schedule.epoch(6));
		assertTrue(schedule.endsEpoch(6));
		assertFalse(schedule.endsEpoch(5) || schedule.endsEpoch(0));
	}
}
