package io.github.densecolorize.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

public class QuantityPlotTest {

	/** Bins 0-1 and 1-2 hold a quarter and three quarters; the largest value belongs to the last bin. */
	@Test
	public void sharesAddUp() {
		assertArrayEquals(new double[] { 25, 75 }, QuantityPlot.shares(new double[] { 0.5, 1, 1.5, 2 }, 0, 1, 2));
	}

	@Test
	public void binsHaveRoundWidths() {
		assertEquals(0.5, QuantityPlot.binWidth(0, 4, 100), 1e-12);
		assertEquals(0.02, QuantityPlot.binWidth(1, 1.5, 1000), 1e-12);
		assertEquals(0.1, QuantityPlot.binWidth(3, 3, 5));
	}

	@Test
	public void methodsAreOverlaid() {
		var values = new LinkedHashMap<String, double[]>();
		values.put("dense", new double[] { 1.0, 1.25, 2.75 });
		values.put("residual", new double[] { 2.0, 2.0, 2.75, 3.0 });
		var plot = QuantityPlot.of("Info_loss", values);
		assertEquals("Info_loss", plot.getTitle());
		assertEquals("lines 2", "lines " + plot.getPlotObjectDesignations().length);
		// Width 0.5 from 1.0 on: steps of dense are 2/3, 0, 0, 1/3, 0.
		float[] y = plot.getDataObjectArrays(0)[1];
		assertArrayEquals(new float[] { 0, 66.667f, 66.667f, 0, 0, 0, 0, 33.333f, 33.333f, 0, 0, 0 }, y, 1e-3f);
	}

	@Test
	public void nothingToPlotIsSaid() {
		var message = assertThrows(IllegalArgumentException.class, () -> QuantityPlot.of("SSIM", Map.of())).getMessage();
		assertEquals("SSIM has no value to plot; measure an image and its colorization first.", message);
	}
}
