package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;

import org.junit.jupiter.api.Test;

public class ProgressLineTest {

	/** A quarter in ten minutes: half an hour is left. */
	@Test
	public void theLineTellsDoneFailedLeftAndTime() {
		try (var line = new ProgressLine()) {
			assertEquals("listing files, 0:00:05", line.text(0, Duration.ofSeconds(5)));
			line.expect(900);
			line.expect(100);
			assertEquals("0 of 1000 done, 0 failed, 1000 left, 0:01:00", line.text(0, Duration.ofMinutes(1)));
			line.advance(250);
			assertEquals("250 of 1000 done, 3 failed, 750 left, 0:10:00, about 0:30:00 to go", line.text(3, Duration.ofMinutes(10)));
		}
	}
}
