package io.github.densecolorize.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Augmentation;
import io.github.densecolorize.model.TrainingSettings.Feedback;

public class PatchSetTest {

	@TempDir
	Path folder;
	private ColorDataSet data;

	@AfterEach
	void close() {
		if (data != null) data.close();
	}

	@Test
	public void imagesAreReducedToTheModelsScale() throws IOException {
		var set = set(List.of(image(30, 30), image(20, 80)), List.of());
		assertArrayEquals(new int[] { 2, 0 }, set.counts());
		assertEquals(8, set.get(0).side());
		assertEquals(30, ColorSample.value(set.get(0).l()[0]), 0.3);
		assertEquals(List.of(20f, 80f), List.of((float) Math.round(ColorSample.value(set.get(1).l()[0])), (float) Math.round(ColorSample.value(
			set.get(1).l()[7]))));
	}

	/** The first class is of L* 20 and 30, the second of 70 and 80. */
	@Test
	public void fieldsAreThoseOfTheirClass() throws IOException {
		var set = set(List.of(image(20, 20), image(30, 30)), List.of(image(70, 70), image(80, 80)));
		for (int label = 0; label < 2; label++) {
			var fields = set.fields(label, 10);
			assertEquals(2, fields.size());
			for (int i = 0; i < 2; i++)
				for (float l : fields.get(i))
					assertEquals(20 + 50 * label + 10 * i, l, 0.3);
		}
	}

	@Test
	public void aBatchIsAFunctionOfSeedAndStep() throws IOException {
		var set = set(IntStream.range(0, 9).mapToObj(i -> image(10 * i, 10 * i)).toList(), List.of());
		var batch = sampler(set, 3, 0).draw(7);
		assertArrayEquals(batch.l(), sampler(set, 3, 0).draw(7).l());
		assertFalse(Arrays.equals(batch.l(), sampler(set, 3, 0).draw(8).l()));
		assertFalse(Arrays.equals(batch.l(), sampler(set, 4, 0).draw(7).l()));
	}

	/** Images for which there is no room are made again each time, and the same. */
	@Test
	public void memoryChangesNothing() throws IOException {
		var kept = set(IntStream.range(0, 9).mapToObj(i -> image(10 * i, 10 * i)).toList(), List.of());
		var none = new PatchSet(data, IntStream.range(0, 9).toArray(), new Scale(0.5, 0, 0, 8), 4, 0);
		for (int step = 0; step < 3; step++)
			assertArrayEquals(sampler(kept, 3, 0).draw(step).l(), sampler(none, 3, 0).draw(step).l());
	}

	/** Of 18 images in one class and 2 in the other, balance 1 shows both classes equally often, balance 0 one to nine. */
	@Test
	public void balanceWeighsClasses() throws IOException {
		var set = set(Arrays.asList(new int[18][]), Arrays.asList(new int[2][]));
		assertEquals(0.5, shareOfRare(set, 1), 0.06);
		assertEquals(0.1, shareOfRare(set, 0), 0.04);
	}

	private static double shareOfRare(PatchSet set, double balance) {
		var sampler = sampler(set, 1, balance);
		return IntStream.range(0, 100).mapToObj(sampler::draw).flatMapToInt(batch -> IntStream.of(batch.labels())).average().orElseThrow();
	}

	/**
	 * A class of 18 images of L* 20 and 2 of L* 80, by two laboratories, beside one of 20 of L* 50: at 1 each laboratory is shown in a quarter of the
	 * crops, at 0 the second in a twentieth, at a half in 1 / (1 + 3) of the half, as the root of 9 is 3.
	 */
	@Test
	public void laboratoriesOfAClassAreBalanced() throws IOException {
		var file = folder.resolve("laboratories.h5");
		try (var writer = new ColorDataSetWriter(file, List.of("first", "second"), 16, 0, "made up", "crop")) {
			for (int i = 0; i < 20; i++)
				writer.add(List.of(i < 18 ? image(20, 20) : image(80, 80)), 0, i < 18 ? "bonn" : "kiel");
			for (int i = 0; i < 20; i++)
				writer.add(List.of(image(50, 50)), 1, "bonn");
			writer.finish(false);
		}
		data = ColorDataSet.open(file);
		var set = new PatchSet(data, IntStream.range(0, 40).toArray(), new Scale(0.5, 0, 0, 8), 4, Long.MAX_VALUE);
		assertEquals(0.25, share(set, 1, 20), 0.04);
		assertEquals(0.25, share(set, 1, 80), 0.04);
		assertEquals(0.5, share(set, 1, 50), 0.04);
		assertEquals(0.05, share(set, 0, 80), 0.02);
		assertEquals(0.125, share(set, 0.5, 80), 0.03);
	}

	/** Share of crops of an L*. */
	private static double share(PatchSet set, double laboratoryBalance, float l) {
		var sampler = new PatchSampler(set, TrainingSettings.on("made up").batch(8).patch(8).balance(0.5).laboratoryBalance(laboratoryBalance).build(),
			ChromaWeights.EQUAL, false);
		return IntStream.range(0, 250).mapToObj(sampler::draw).flatMapToInt(batch -> IntStream.range(0, 8).map(i -> Math.abs(batch.l()[64 * i] -
			l) < 1 ? 1 : 0)).average().orElseThrow();
	}

	/** Bright left, dark right: the turned crop and its field turn together, and all eight turns come. */
	@Test
	public void cropAndFieldTurnTogether() throws IOException {
		var sampler = sampler(set(List.of(image(80, 20)), List.of()), 1, 0);
		var seen = new ArrayList<String>();
		for (int step = 0; step < 20; step++) {
			var batch = sampler.draw(step);
			for (int i = 0; i < batch.size(); i++) {
				var crop = corners(batch.l(), i, 8);
				assertEquals(crop, corners(batch.fields(), i, 4));
				if (!seen.contains(crop)) seen.add(crop);
			}
		}
		assertEquals(4, seen.size(), seen.toString());
	}

	/** Which corners are bright. */
	private static String corners(float[] squares, int i, int size) {
		int start = i * size * size, last = size - 1;
		var bright = new StringBuilder();
		for (int k : new int[] { 0, last, size * last, size * size - 1 })
			bright.append(squares[start + k] > 50 ? '#' : '.');
		return bright.toString();
	}

	@Test
	public void partsOfABatchAreTheWhole() throws IOException {
		var batch = sampler(set(IntStream.range(0, 9).mapToObj(i -> image(10 * i, 10 * i)).toList(), List.of()), 1, 0).draw(0);
		var last = batch.part(5, 8);
		assertEquals(3, last.size());
		assertArrayEquals(Arrays.copyOfRange(batch.l(), 5 * 64, 8 * 64), last.l());
		assertArrayEquals(Arrays.copyOfRange(batch.ab(), 10 * 64, 16 * 64), last.ab());
		assertArrayEquals(Arrays.copyOfRange(batch.fields(), 5 * 16, 8 * 16), last.fields());
		assertArrayEquals(Arrays.copyOfRange(batch.labels(), 5, 8), last.labels());
	}

	/**
	 * Nine gray pixels for one red: shares 0.9 and 0.1 of two colours give 1 / 0.7 and 1 / 0.3 before they are divided by their mean over
	 * the pixels, 0.9 / 0.7 + 0.1 / 0.3 = 1.619.
	 */
	@Test
	public void rareColoursWeighMore() {
		var counts = new double[22 * 22];
		counts[ChromaWeights.cell(0, 0)] = 9;
		counts[ChromaWeights.cell(60, 40)] = 1;
		var weights = ChromaWeights.of(counts, 0);
		assertEquals(1 / 0.7 / 1.61905, weights.of(3, 4), 1e-4);
		assertEquals(1 / 0.3 / 1.61905, weights.of(65, 49), 1e-4);
		assertEquals(1, ChromaWeights.EQUAL.of(65, 49));
	}

	/**
	 * With a spread of half a cell a neighbour gets exp(-2) of what the cell keeps, in each direction; the sum of all is (1 + 2 (exp(-2) + exp(-8) +
	 * ...))². So the rarer colour, next to the frequent one, becomes more frequent: 9 exp(-2) + 1 instead of 1, of 10.
	 */
	@Test
	public void aColourNextToAFrequentOneWeighsLess() {
		var counts = new double[22 * 22];
		counts[ChromaWeights.cell(0, 0)] = 9;
		counts[ChromaWeights.cell(10, 0)] = 1;
		var weights = ChromaWeights.of(counts, 5);
		double near = Math.exp(-2), all = Math.pow(1 + 2 * (near + Math.exp(-8) + Math.exp(-18)), 2);
		double frequent = (0.9 + 0.1 * near) / all, rare = (0.1 + 0.9 * near) / all;
		assertEquals((rare / 2 + 0.25) / (frequent / 2 + 0.25), weights.of(3, 4) / weights.of(12, 4), 1e-5);
		assertEquals(1, 0.9 * weights.of(3, 4) + 0.1 * weights.of(12, 4), 1e-6);
	}

	/** Crops of class unknown weigh nothing, and its colours are none of those that are counted. */
	@Test
	public void unknownImagesHaveNoWeight() throws IOException {
		data = ColorDataSet.open(TinyDataSet.write(folder.resolve("unknown.h5"), 4, 16, 0xffff0000, 0xff00ff00));
		var set = new PatchSet(data, IntStream.range(0, data.size()).toArray(), new Scale(0.5, 0, 0, 8), 4, Long.MAX_VALUE);
		assertArrayEquals(IntStream.range(0, 8).toArray(), set.coloured());
		var batch = sampler(set, 1, 0).centres(0, 4, 8, 9);
		for (int i = 0; i < 4; i++) {
			assertEquals(i < 2, batch.isColoured(i));
			for (int k = 0; k < 64; k++)
				assertEquals(i < 2 ? 1 : 0, batch.weights()[64 * i + k]);
		}
		// All colours that do not occur weigh the same, and these of the unknown images are among them.
		var weights = ChromaWeights.of(set, 0);
		assertEquals(weights.of(-105, -105), weights.of(80, 67));
		assertEquals(weights.of(-105, -105), weights.of(-86, 83));
	}

	/** An orange image of one L*: in each jittered crop L* is another, about that of its field, and the colour is the image's. */
	@Test
	public void jitterChangesLightnessOnly() throws IOException {
		var set = set(List.of(TinyDataSet.image(16, i -> Lab.toArgb(50, 30, 40))), List.of());
		var batch = sampler(set, 8, 1, 0, 1).draw(0);
		var seen = new float[batch.size()];
		for (int i = 0; i < batch.size(); i++) {
			seen[i] = mean(batch.l(), i, 64);
			assertEquals(seen[i], mean(batch.fields(), i, 16), 1.5);
		}
		Arrays.sort(seen);
		assertTrue(seen[7] - seen[0] > 5, Arrays.toString(seen));
		for (int k = 0; k < batch.ab().length; k++)
			assertEquals(k / 64 % 2 == 0 ? 30 : 40, batch.ab()[k], 0.5);
	}

	/** Of 400 crops about 200: within five standard deviations of a coin's. */
	@Test
	public void halfOfTheCropsAreNotJittered() throws IOException {
		var set = set(List.of(TinyDataSet.image(16, i -> Lab.toArgb(50, 30, 40))), List.of());
		var still = sampler(set, 8, 1, 0, 0).draw(0);
		float[] crop = Arrays.copyOf(still.l(), 64), field = Arrays.copyOf(still.fields(), 16);
		int same = 0;
		for (int step = 0; step < 50; step++) {
			var batch = sampler(set, 8, 1, 0, 1).draw(step);
			for (int i = 0; i < batch.size(); i++) {
				boolean isSame = Arrays.equals(crop, Arrays.copyOfRange(batch.l(), i * 64, (i + 1) * 64));
				assertEquals(isSame, Arrays.equals(field, Arrays.copyOfRange(batch.fields(), i * 16, (i + 1) * 16)));
				if (isSame) same++;
			}
		}
		assertEquals(200, same, 50);
	}

	private static float mean(float[] values, int i, int length) {
		return (float) IntStream.range(i * length, (i + 1) * length).mapToDouble(k -> values[k]).average().orElseThrow();
	}

	/**
	 * Crops of 8 pixels come from 4 to 16 of the image; its a*, which rises by 2 a pixel, then rises by a quarter of that many (but for
	 * the rounding to 8 bits). If the image has 12
	 * pixels only, that is the most. The logarithm of the zoom is uniform, so half of the jittered crops are larger than 8.
	 */
	@Test
	public void jitterZooms() throws IOException {
		for (int side : new int[] { 12, 32 }) {
			var file = folder.resolve("ramp" + side + ".h5");
			try (var writer = new ColorDataSetWriter(file, List.of("first"), 2 * side, 0, "made up", "crop")) {
				writer.add(List.of(TinyDataSet.image(2 * side, i -> Lab.toArgb(50, i % (2 * side) - side, 0))), 0);
				writer.finish(false);
			}
			try (var ramp = ColorDataSet.open(file)) {
				var set = new PatchSet(ramp, new int[] { 0 }, new Scale(0.5, 0, 0, side), 4, Long.MAX_VALUE);
				var sides = new ArrayList<Double>();
				for (int step = 0; step < 100; step++) {
					var batch = sampler(set, 8, 1, 0, 1).draw(step);
					for (int i = 0; i < batch.size(); i++) {
						int start = 2 * i * 64 + 8 + 1;
						float a = batch.ab()[start], right = batch.ab()[start + 5], below = batch.ab()[start + 40];
						sides.add(4 * Math.max(Math.abs(right - a), Math.abs(below - a)) / 5.0);
					}
				}
				Collections.sort(sides);
				assertEquals(4, sides.get(0), 0.7);
				assertEquals(Math.min(16, side), sides.get(799), 0.7);
				assertEquals(200, sides.stream().filter(each -> each > 8.6).count(), 60);
			}
		}
	}

	/** Eight dark stripes: in 0.7 of the image's width there are more than 5 of the 16 edges of them to be seen, in 0.5 no more than 8. */
	@Test
	public void jitteredFieldsShowAsLittleAsHalfOfTheImage() throws IOException {
		var file = folder.resolve("stripes.h5");
		try (var writer = new ColorDataSetWriter(file, List.of("first"), 64, 0, "made up", "crop")) {
			writer.add(List.of(TinyDataSet.image(64, i -> Lab.toArgb(i % 8 < 4 ? 20 : 80, 0, 0))), 0);
			writer.finish(false);
		}
		data = ColorDataSet.open(file);
		var set = new PatchSet(data, new int[] { 0 }, new Scale(0.5, 0, 0, 32), 32, Long.MAX_VALUE);
		assertTrue(fewestEdges(set, 0) >= 10, "" + fewestEdges(set, 0));
		assertEquals(8, fewestEdges(set, 1), 1);
	}

	/** Of all fields, along the middle row or column, whichever has more. */
	private static int fewestEdges(PatchSet set, double jitter) {
		int fewest = Integer.MAX_VALUE, size = 32;
		for (int step = 0; step < 20; step++) {
			var batch = sampler(set, 8, 1, 0, jitter).draw(step);
			for (int i = 0; i < batch.size(); i++) {
				int row = 0, column = 0, middle = i * size * size + size / 2 * size;
				float mean = mean(batch.fields(), i, size * size);
				for (int k = 1; k < size; k++) {
					if (batch.fields()[middle + k] > mean != batch.fields()[middle + k - 1] > mean) row++;
					int at = i * size * size + size / 2 + k * size;
					if (batch.fields()[at] > mean != batch.fields()[at - size] > mean) column++;
				}
				fewest = Math.min(fewest, Math.max(row, column));
			}
		}
		return fewest;
	}

	private static PatchSampler sampler(PatchSet set, long seed, double balance) {
		return sampler(set, 8, seed, balance, 0);
	}

	private static PatchSampler sampler(PatchSet set, int patch, long seed, double balance, double jitter) {
		return sampler(set, patch, seed, balance, jitter, false);
	}

	private static PatchSampler sampler(PatchSet set, int patch, long seed, double balance, double jitter, boolean tellsHints) {
		return new PatchSampler(set, new TrainingSettings("made up", "any", "", seed, 10, 0, 0, 8, patch, 1e-3, "MSE", Feedback.JOINT, 1,
			balance, Augmentation.DIHEDRAL, jitter, 0), ChromaWeights.EQUAL, tellsHints);
	}

	/** With hints the crops are the same; the hints are true colours of the crop, here of one colour, and those of an unknown image are not told. */
	@Test
	public void hintsAreToldBesideTheSameCrops() throws IOException {
		data = ColorDataSet.open(TinyDataSet.write(folder.resolve("hinted.h5"), 4, 16, 0xffff0000));
		var set = new PatchSet(data, IntStream.range(0, data.size()).toArray(), new Scale(1, 0, 0, 16), 4, Long.MAX_VALUE);
		int told = 0;
		for (long step = 0; step < 20; step++) {
			Batch without = sampler(set, 8, 1, 0, 0).draw(step), with = sampler(set, 8, 1, 0, 0, true).draw(step);
			assertArrayEquals(without.l(), with.l());
			assertArrayEquals(without.ab(), with.ab());
			assertArrayEquals(without.fields(), with.fields());
			assertEquals(0, without.hints().length);
			for (int i = 0; i < with.size(); i++)
				for (int k = 0; k < 64; k++) {
					if (with.hints()[(3 * i + 2) * 64 + k] == 0) continue;
					told++;
					assertTrue(with.isColoured(i));
					// Dark images are (30, 0), bright ones (0, -30).
					assertEquals(with.labels()[i] == 1 ? 30 : 0, with.hints()[3 * i * 64 + k], 1.5);
					assertEquals(with.labels()[i] == 1 ? 0 : -30, with.hints()[(3 * i + 1) * 64 + k], 1.5);
				}
		}
		assertTrue(told > 1000, told + " pixels were told");
		assertEquals(0, sampler(set, 8, 1, 0, 0, true).centres(0).hints().length);
	}

	/** No square in one of eight crops, everything in one of a hundred. */
	@Test
	public void simulatedHintsAreAsManyAsInThePaper() {
		var random = new SplittableRandom(1);
		var ab = new float[2 * 64 * 64];
		for (int i = 0; i < ab.length; i++)
			ab[i] = i % 64;
		int none = 0, all = 0, crops = 4000;
		for (int i = 0; i < crops; i++) {
			var hints = SimulatedHints.draw(random, ab);
			int told = 0;
			for (int k = 0; k < 4096; k++) {
				told += hints[2 * 4096 + k];
				if (hints[2 * 4096 + k] == 0) assertEquals(0, hints[k]);
				// A square tells its mean colour, which differs by at most four columns from that of a pixel in it, unless the crop's border cuts it.
				else assertEquals(ab[k], hints[k], 8);
			}
			if (told == 0) none++;
			if (told == 4096) {
				all++;
				assertArrayEquals(ab, Arrays.copyOf(hints, ab.length));
			}
		}
		assertEquals(0.125 * 0.99, none / (double) crops, 0.02);
		assertEquals(0.01, all / (double) crops, 0.005);
	}

	/** At half scale; images that are null are black. */
	private PatchSet set(List<int[]> first, List<int[]> second) throws IOException {
		var file = folder.resolve("set.h5");
		try (var writer = new ColorDataSetWriter(file, List.of("first", "second"), 16, 0, "made up", "crop")) {
			for (var image : first)
				writer.add(List.of(image == null ? image(0, 0) : image), 0);
			for (var image : second)
				writer.add(List.of(image == null ? image(0, 0) : image), 1);
			writer.finish(false);
		}
		data = ColorDataSet.open(file);
		return new PatchSet(data, IntStream.range(0, data.size()).toArray(), new Scale(0.5, 0, 0, 8), 4, Long.MAX_VALUE);
	}

	/** 16 pixels wide, with the L* of the left and of the right half. */
	private static int[] image(float left, float right) {
		return TinyDataSet.image(16, i -> Lab.toArgb(i % 16 < 8 ? left : right, 0, 0));
	}
}
