package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.image.Lab;

public class AdaptCommandTest {

	@TempDir
	private Path folder;

	/** The tiny model knows nothing; adapted to an image it gives that image's colours. */
	@Test
	public void anAdaptedModelHasTheColoursOfItsReferences() throws IOException {
		var tiny = TinyModel.write(folder, "tiny", "he", "ihc");
		var colours = new ColorProcessor(96, 96);
		for (int i = 0; i < 96 * 96; i++)
			colours.set(i, (60 + i % 96 * 2) << 16 | (40 + i % 96) << 8 | 50 + i % 96);
		var slide = folder.resolve("slide.png");
		new FileSaver(new ImagePlus("slide", colours)).saveAsPng(slide.toString());
		var ours = folder.resolve("ours");
		var done = Shell.run("adapt", tiny, slide, "-o", ours);
		assertEquals(0, done.status(), done.err());
		assertTrue(done.out().startsWith("Model ours, adapted to 1 reference image"), done.out());

		Path before = folder.resolve("before.tif"), after = folder.resolve("after.tif");
		assertEquals(0, Shell.run("colorize", slide, "-o", before, "--model", tiny).status());
		done = Shell.run("colorize", slide, "-o", after, "--model", ours);
		assertEquals(0, done.status(), done.err());
		assertTrue(distance(colours, after) < distance(colours, before) / 2, distance(colours, before) + " before, " + distance(colours, after) +
			" after");

		var again = Shell.run("adapt", tiny, slide, "-o", ours);
		assertEquals(1, again.status());
		assertEquals("Model folder " + ours + " exists; choose another name.", again.errors().get(0));
		assertTrue(Shell.run("models", ours).out().contains("adapted to 1 reference image"), Shell.run("models", ours).out());
		assertTrue(Files.exists(tiny));
	}

	/** Mean distance in the a*b* plane. */
	private static double distance(ColorProcessor expected, Path file) {
		var found = IJ.openImage(file.toString()).getProcessor();
		float[] one = new float[3], other = new float[3];
		double sum = 0;
		for (int i = 0; i < expected.getPixelCount(); i++) {
			Lab.fromArgb(expected.get(i), one);
			Lab.fromArgb(found.get(i), other);
			sum += Math.hypot(one[1] - other[1], one[2] - other[2]);
		}
		return sum / expected.getPixelCount();
	}
}
