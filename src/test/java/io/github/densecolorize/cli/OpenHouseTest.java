package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.model.ModelFolder;

/** A network and a loss that this program knows of one file each, and of a line in a list: {@code ToyArchitecture} and {@code ToyLoss}. */
public class OpenHouseTest {

	@TempDir
	private Path folder;

	private Path train(String... more) throws IOException {
		var model = folder.resolve("models/toy");
		var line = new Object[] { "train", TinyDataSet.write(folder.resolve("set.h5"), 5, 16), "-o", model, "--device", "cpu", "--batch", 2, "--patch", 8,
			"--scale", 1, "--epochs", 1, "--preset", "toy" };
		var all = Arrays.copyOf(line, line.length + more.length);
		System.arraycopy(more, 0, all, line.length, more.length);
		var done = Shell.run(all);
		assertEquals(0, done.status(), done.err());
		return model;
	}

	private Path gray() {
		// No multiple of the stride, and several tiles.
		var pixels = new ByteProcessor(75, 41);
		for (int i = 0; i < 75 * 41; i++)
			pixels.set(i, i * 31 % 251);
		var file = folder.resolve("gray.tif");
		IJ.saveAsTiff(new ImagePlus("gray", pixels), file.toString());
		return file;
	}

	@Test
	public void theHelpNamesThem() {
		var help = Shell.run("train", "--help").out().replaceAll("\\s+", " ");
		assertTrue(help.contains("toy (for tests)") && help.contains("compact (for a laptop's CPU)"), help);
		assertTrue(help.contains("toy (fourth power of the error)") && help.contains("mse (as in the paper)"), help);
	}

	@Test
	public void theyAreTrainedAndColorize() throws IOException {
		var model = train();
		var spec = ModelFolder.spec(model);
		assertEquals("TOY", spec.training().loss());
		assertEquals(2, spec.format());
		var text = Files.readString(model.resolve(ModelFolder.SPEC));
		assertTrue(text.replaceAll("\\s+", "").contains("\"net\":{\"type\":\"toy\",\"maps\":8,"), text);

		var gray = gray();
		Path one = folder.resolve("one.tif"), many = folder.resolve("many.tif");
		assertEquals("", Shell.run("colorize", gray, "-o", one, "--model", model, "--device", "cpu", "--scale", 1).err());
		Shell.run("colorize", gray, "-o", many, "--model", model, "--device", "cpu", "--scale", 1, "--tile", 33);
		int[] whole = (int[]) IJ.openImage(one.toString()).getProcessor().getPixels(), tiles = (int[]) IJ.openImage(many.toString()).getProcessor()
			.getPixels();
		assertArrayEquals(whole, tiles);
		assertTrue(Arrays.stream(whole).anyMatch(rgb -> (rgb >> 16 & 255) != (rgb & 255)), "All is gray.");

		var listed = Shell.run("models", model).out();
		assertTrue(listed.contains("toy, 8 maps"), listed);
	}

	@Test
	public void aPatchThatDoesNotFitItsGridIsRefused() throws IOException {
		var wrong = Shell.run("train", TinyDataSet.write(folder.resolve("set.h5"), 5, 16), "-o", folder.resolve("models/toy"), "--epochs", 1, "--batch", 2,
			"--scale", 1, "--preset", "toy", "--patch", 9);
		assertTrue(wrong.err().contains("patch is 9; this network wants a multiple of 2, such as 8."), wrong.err());
	}

	@Test
	public void anotherLossMayBeChosen() throws IOException {
		assertEquals("MSE", ModelFolder.spec(train("--loss", "mse")).training().loss());
		var wrong = Shell.run("train", folder.resolve("set.h5"), "-o", folder.resolve("models/other"), "--epochs", 1, "--loss", "gan");
		assertTrue(wrong.err().contains("loss is \"gan\"; must be one of auto, bins, colourful, huber, mse,"), wrong.err());
	}

	/** In a program of its own, without the tests. */
	@Test
	public void whereTheyAreNotKnownTheyAreRefusedByName() throws Exception {
		var model = train();
		var known = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(path -> !path.contains("test"))
			.collect(Collectors.joining(File.pathSeparator));
		var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true", "-cp", known,
			Main.class.getName(), "colorize", gray().toString(), "-o", folder.resolve("out.tif").toString(), "--model", model.toString())
			.redirectErrorStream(true).start();
		var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(1, process.waitFor(), out);
		assertTrue(out.contains("net.type is \"toy\", this version knows dense, eccv16, iizuka, unet: the model was made by a newer version"), out);
		assertEquals(1, out.lines().count(), out);
	}
}
