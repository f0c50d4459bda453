package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

public class OutcomesTest {

	private static Map<String, Object> row(String file, String status, String message, String error) {
		var row = new HashMap<String, Object>(Map.of(TableRow.FILE, file, TableRow.STATUS, status));
		row.put(TableRow.MESSAGE, message);
		row.put(TableRow.ERROR, error);
		return row;
	}

	/** Two slices of a measured file are one file; of a divided one, of which a part failed, the worst counts. */
	@Test
	public void eachFileIsCountedOnce() {
		var outcomes = new Outcomes(10);
		outcomes.divide(List.of("stack.tif", "other.tif"));
		outcomes.add(List.of(row("a.tif", "measured", null, null), row("a.tif", "measured", null, null), row("b.tif", "skipped", "is there already",
			null), row("c.txt", "skipped", "no image", null)));
		outcomes.add(List.of(row("stack.tif", "colorized", null, null), row("stack.tif", "failed", null, "no")));
		outcomes.add(List.of(row("stack.tif", "colorized", null, null), row("other.tif", "colorized", null, null)));
		assertEquals("5 files: 2 done, 1 there already, 1 left out, 1 failed.", outcomes.tally().sentence("done"));
		assertEquals(Map.of("measured", 2L, "skipped", 2L, "colorized", 3L, "failed", 1L), outcomes.counts());
		assertEquals(1, outcomes.failed());
	}

	@Test
	public void theFirstErrorsByNameAreKept() {
		var outcomes = new Outcomes(2);
		for (var file : List.of("c", "a", "d", "b"))
			outcomes.add(List.of(row(file, "failed", null, "why")));
		assertEquals(List.of("a: why", "b: why"), outcomes.errors());
		assertEquals(4, outcomes.failed());
	}
}
