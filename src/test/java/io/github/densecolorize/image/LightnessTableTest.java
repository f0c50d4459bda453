package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

public class LightnessTableTest {

	/** Two colours of one L* give their mean; black and white, which are nearest to nothing else, those of the nearest L*. */
	@Test
	public void meanOfWhatWasSeen() {
		var table = new LightnessTable();
		table.add(new int[] { Lab.toArgb(50, 20, 30), Lab.toArgb(50, 10, -10), Lab.toArgb(80, -20, 5) });
		var lab = new float[3];
		Lab.fromArgb(table.colorize(new int[] { Lab.toArgb(50, 0, 0) })[0], lab);
		assertArrayEquals(new float[] { 50, 15, 10 }, lab, 0.8f);
		Lab.fromArgb(table.colorize(new int[] { Lab.toArgb(70, 0, 0) })[0], lab);
		assertArrayEquals(new float[] { 70, -20, 5 }, lab, 0.8f);
	}

	@Test
	public void nothingSeenIsGray() {
		assertEquals(0xff777777, new LightnessTable().colorize(new int[] { 0xff777777 })[0]);
	}
}
