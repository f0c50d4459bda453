package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.DeviceClock.Shares;
import io.github.densecolorize.model.DeviceClock.Times;

public class DeviceClockTest {

	/** 3 of 4 seconds at work, 1 of these for transfers. */
	@Test
	public void sharesAddUpToOne() {
		var during = new Times(13, 6).since(new Times(10, 5));
		assertEquals(new Shares(0.5, 0.25, 0.25), during.shares(4, 1));
		assertEquals(new Shares(0.25, 0.125, 0.625), during.shares(4, 2));
	}

	@Test
	public void aTransferIsPartOfTheWork() {
		var clock = new DeviceClock();
		clock.work(() -> {
			sleep(30);
			return clock.transfer(() -> sleep(60));
		});
		assertTrue(clock.times().transfers() >= 0.06, clock.times().toString());
		assertTrue(clock.times().work() >= clock.times().transfers() + 0.03, clock.times().toString());
	}

	private static Void sleep(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException e) {
			throw new AssertionError(e);
		}
		return null;
	}

	@Test
	public void aModelTellsItsWork(@TempDir Path folder) throws IOException {
		try (var model = ColorModel.open(TinyModel.write(folder, "tiny", "one", "two"), "cpu")) {
			int side = 64, out = TinyModel.NET.output(side);
			var before = model.clock().times();
			assertTrue(before.work() > 0);
			long start = System.nanoTime();
			model.predictAb(new float[side * side], side, side, new TileCues(model.guide("one").vector()), new float[out * out], new float[out * out]);
			double seconds = (System.nanoTime() - start) / 1e9;
			var during = model.clock().times().since(before);
			assertTrue(during.transfers() > 0 && during.transfers() < during.work() && during.work() <= seconds, during + " in " + seconds);
		}
	}
}
