package io.github.densecolorize.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.model.TrainingSettings.Augmentation;
import io.github.densecolorize.model.TrainingSettings.Feedback;

/** A file holds the L* that every pixel of its image has, and "L*" of the left half if that differs. */
public class PatchSetTest {

	@TempDir
	Path folder;
	private final List<String> skipped = new ArrayList<>();

	@Test
	public void readsClassFoldersInOrderAndSkipsWhatIsNoImage() throws IOException {
		write("b/1", "20");
		write("a/2", "40");
		write("a/1", "30");
		write("a/3", "broken");
		var set = read(folder);
		assertEquals(List.of("a", "b"), set.classes());
		assertArrayEquals(new int[] { 2, 1 }, set.counts());
		assertEquals(30, ColorSample.value(set.get(0).l()[0]), 0.3);
		assertEquals(1, skipped.size());
		assertTrue(skipped.get(0).contains("3: not a number"), skipped.get(0));
	}

	@Test
	public void flatFolderIsOneClass() throws IOException {
		write("1", "20");
		assertEquals(List.of(folder.getFileName().toString()), read(folder).classes());
	}

	@Test
	public void emptyFolderIsRefused() {
		var message = assertThrows(IOException.class, () -> read(folder)).getMessage();
		assertTrue(message.contains("holds no image"), message);
	}

	@Test
	public void splitTakesItsShareOfEveryClass() throws IOException {
		for (int i = 0; i < 10; i++)
			write("many/" + i, "50");
		write("two/1", "50");
		write("two/2", "50");
		write("one/1", "50");
		var parts = read(folder).split(0.2, 1);
		assertArrayEquals(new int[] { 8, 1, 1 }, parts.get(0).counts());
		assertArrayEquals(new int[] { 2, 0, 1 }, parts.get(1).counts());
	}

	@Test
	public void aBatchIsAFunctionOfSeedAndStep() throws IOException {
		for (int i = 0; i < 9; i++)
			write("a/" + i, "" + 10 * i);
		var set = read(folder);
		var batch = new PatchSampler(set, settings(3, 0)).draw(7);
		assertArrayEquals(batch.l(), new PatchSampler(set, settings(3, 0)).draw(7).l());
		assertFalse(Arrays.equals(batch.l(), new PatchSampler(set, settings(3, 0)).draw(8).l()));
		assertFalse(Arrays.equals(batch.l(), new PatchSampler(set, settings(4, 0)).draw(7).l()));
	}

	/** Of 18 images in one class and 2 in the other, balance 1 shows both classes equally often, balance 0 one to nine. */
	@Test
	public void balanceWeighsClasses() throws IOException {
		for (int i = 0; i < 18; i++)
			write("many/" + i, "50");
		write("rare/1", "50");
		write("rare/2", "50");
		assertEquals(0.5, shareOfRare(1), 0.06);
		assertEquals(0.1, shareOfRare(0), 0.04);
	}

	private double shareOfRare(double balance) throws IOException {
		var sampler = new PatchSampler(read(folder), settings(1, balance));
		int rare = 0, all = 0;
		for (int step = 0; step < 100; step++)
			for (int label : sampler.draw(step).labels()) {
				rare += label;
				all++;
			}
		return (double) rare / all;
	}

	/** Bright left, dark right: the turned crop and its field turn together, and all eight turns come. */
	@Test
	public void cropAndFieldTurnTogether() throws IOException {
		write("a/1", "20 80");
		var sampler = new PatchSampler(read(folder), settings(1, 0));
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

	/** An image of 8 pixels under a crop of 8 fills it; smaller ones are mirrored, so nothing but their values appears. */
	@Test
	public void smallImagesAreMirrored() throws IOException {
		write("a/1", "70");
		var small = PatchSet.read(folder, new Scale(0.25, 0, 0, 8), 4, PatchSetTest::image, skipped::add);
		for (float l : new PatchSampler(small, settings(1, 0)).draw(0).l())
			assertEquals(70, l, 0.3);
	}

	private PatchSet read(Path images) throws IOException {
		return PatchSet.read(images, new Scale(0.5, 0, 0, 8), 4, PatchSetTest::image, skipped::add);
	}

	private static TrainingSettings settings(long seed, double balance) {
		return new TrainingSettings("made up", "any", "", seed, 10, 0, 8, 8, 1e-3, Feedback.JOINT, 1, balance, Augmentation.DIHEDRAL, 0.1);
	}

	private void write(String name, String l) throws IOException {
		var file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, l);
	}

	/** 16×16 pixels. */
	private static RandomAccessibleInterval<ARGBType> image(Path file) throws IOException {
		var l = Files.readString(file).split(" ");
		if (!l[0].matches("\\d+")) throw new IOException("not a number");
		var rgb = ArrayImgs.argbs(16, 16);
		var cursor = rgb.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			cursor.get().set(Lab.toArgb(Float.parseFloat(l[cursor.getIntPosition(0) < 8 ? l.length - 1 : 0]), 0, 0));
		}
		return rgb;
	}
}
