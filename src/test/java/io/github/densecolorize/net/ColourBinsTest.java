package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.image.Lab;

public class ColourBinsTest {

	/** Every fifth value of R, G and B, and a closer look at the surface of the cube, where the outermost colours are. */
	@Test
	public void theBinsAreThoseOfSrgb() {
		var found = new HashSet<List<Double>>();
		var lab = new float[3];
		for (int r = 0; r <= 255; r++)
			for (int g = 0; g <= 255; g++)
				for (int b = 0; b <= 255; b += r % 255 == 0 || g % 255 == 0 ? 1 : r % 5 == 0 && g % 5 == 0 ? 5 : 255) {
					Lab.fromArgb(r << 16 | g << 8 | b, lab);
					found.add(List.of(middle(lab[1]), middle(lab[2])));
				}
		var bins = new HashSet<List<Double>>();
		try (var manager = NDManager.newBaseManager()) {
			var middles = ColourBins.middles(manager).mul(ColorNet.AB_SCALE).toFloatArray();
			for (int i = 0; i < middles.length; i += 2)
				bins.add(List.of((double) Math.round(middles[i]), (double) Math.round(middles[i + 1])));
		}
		assertEquals(found, bins);
		assertEquals(ColourBins.COUNT, bins.size());
	}

	private static double middle(double value) {
		return 10 * Math.floor(value / 10) + 5;
	}

	private static NDArray pixel(NDManager manager, double a, double b) {
		return manager.create(new float[] { (float) a, (float) b }, new Shape(1, 2, 1, 1)).div(ColorNet.AB_SCALE);
	}

	/** In the middle of a bin: itself counts 1, its four neighbours at 10 units exp(-100 / 50); in the end they add up to 1. */
	@Test
	public void aColourBelongsToFiveBins() {
		try (var manager = NDManager.newBaseManager()) {
			var shares = ColourBins.encoded(pixel(manager, 5, 15)).flatten();
			double neighbour = Math.exp(-2), sum = 1 + 4 * neighbour;
			assertEquals(1, shares.sum().getFloat(), 1e-5);
			assertEquals(1 / sum, shares.max().getFloat(), 1e-5);
			var sorted = shares.sort().toFloatArray();
			for (int i = 2; i <= 5; i++)
				assertEquals(neighbour / sum, sorted[sorted.length - i], 1e-5);
			assertEquals(0, sorted[sorted.length - 6]);
			var b = ColourBins.middles(manager).get(":, 1").mul(shares).sum();
			assertEquals(15, b.getFloat() * ColorNet.AB_SCALE, 1e-3);
		}
	}


	/** Probabilities 0.8 and 0.2 of two bins become, with T = 0.38, 4^(1 / 0.38) = 38.4 to 1. */
	@Test
	public void theMeanIsAnnealed() {
		try (var manager = NDManager.newBaseManager()) {
			var scores = new float[ColourBins.COUNT];
			Arrays.fill(scores, -1000);
			var middles = ColourBins.middles(manager).mul(ColorNet.AB_SCALE).toFloatArray();
			int one = 40, other = 200;
			scores[one] = (float) Math.log(0.8);
			scores[other] = (float) Math.log(0.2);
			var ab = ColourBins.decoded(manager.create(scores, new Shape(1, ColourBins.COUNT, 1, 1))).mul(ColorNet.AB_SCALE).toFloatArray();
			double share = Math.pow(4, 1 / 0.38) / (1 + Math.pow(4, 1 / 0.38));
			for (int i = 0; i < 2; i++)
				assertEquals(share * middles[2 * one + i] + (1 - share) * middles[2 * other + i], ab[i], 1e-3);
		}
	}

	/** Scores that are all the same: the logarithm of the number of bins, times the mean weight of the pixels, 3 and 1 in two of four. */
	@Test
	public void theLossByHand() {
		try (var manager = NDManager.newBaseManager()) {
			var truth = manager.zeros(new Shape(1, 2, 4, 8));
			var weights = new float[32];
			weights[0] = 12;
			weights[4] = 4;
			var loss = new BinLoss().of(new Loss.Prediction(manager.zeros(new Shape(1, ColourBins.COUNT, 1, 2)), output -> output), truth, manager.create(
				weights, new Shape(1, 1, 4, 8)));
			assertEquals(Math.log(ColourBins.COUNT) * 0.5, loss.getFloat(), 1e-4);
		}
	}

	/** Who predicts the shares themselves has their entropy left. */
	@Test
	public void theSmallestLossIsTheEntropy() {
		try (var manager = NDManager.newBaseManager()) {
			var shares = ColourBins.encoded(pixel(manager, 5, 15));
			double middle = 1 / (1 + 4 * Math.exp(-2)), neighbour = middle * Math.exp(-2);
			var truth = pixel(manager, 5, 15).repeat(2, 4).repeat(3, 4);
			assertEquals(-middle * Math.log(middle) - 4 * neighbour * Math.log(neighbour), new BinLoss().of(new Loss.Prediction(shares.add(1e-20f).log(),
				output -> output), truth, manager.ones(new Shape(1, 1, 4, 4))).getFloat(), 1e-4);
		}
	}

	@Test
	public void otherNetworksAreRefused() {
		new BinLoss().check(Preset.named("eccv16").net());
		var message = assertThrows(IllegalArgumentException.class, () -> new BinLoss().check(Preset.named("compact").net())).getMessage();
		assertTrue(message.startsWith("loss is \"bins\", which only a network that gives scores of bins can learn from"), message);
	}
}
