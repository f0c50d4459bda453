package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.model.ModelFolder;

/** The networks of other papers, as users have them. */
public class OtherPapersTest {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "eccv16, BINS, INDEPENDENT, '268 bins of colour, 15 to 120 maps', 15", "unet, HUBER, INDEPENDENT, 'down and up with hints, 14 to 112 maps', 14",
		"iizuka, MSE, JOINT, 'local and global features, 16 to 64 maps', 80" })
	public void theyTrainAndColorize(String preset, String loss, String feedback, String description, String number) throws IOException {
		var model = folder.resolve(preset);
		var done = Shell.run("train", TinyDataSet.write(folder.resolve("set.h5"), 5, 16), "-o", model, "--device", "cpu", "--batch", 2, "--patch", 16,
			"--scale", 1, "--epochs", 1, "--preset", preset);
		assertEquals(0, done.status(), done.err());
		var spec = ModelFolder.spec(model);
		assertEquals(loss, spec.training().loss());
		assertEquals(feedback, spec.training().feedback().name());
		assertTrue(Shell.run("models", model).out().contains(description), Shell.run("models", model).out());

		// No multiple of the stride.
		var pixels = new ByteProcessor(150, 90);
		for (int i = 0; i < 150 * 90; i++)
			pixels.set(i, i * 31 % 251);
		var gray = folder.resolve("gray.tif");
		IJ.saveAsTiff(new ImagePlus("gray", pixels), gray.toString());
		int[] whole = colorized(model, gray, 0), tiles = colorized(model, gray, 64);
		assertTrue(Arrays.stream(whole).anyMatch(rgb -> (rgb >> 16 & 255) != (rgb & 255)), "All is gray.");
		for (int i = 0; i < whole.length; i++)
			for (int shift = 0; shift <= 16; shift += 8)
				assertEquals(whole[i] >> shift & 255, tiles[i] >> shift & 255, 1);

		var refused = Shell.run("export", model, "-o", folder.resolve("model.onnx"));
		assertEquals(1, refused.status());
		assertEquals(1, refused.errors().size(), refused.err());
		assertTrue(refused.err().contains("Model " + preset + " can't be written as ONNX: networks of type " + preset + " can't be exported."), refused.err());

		var json = model.resolve(ModelFolder.SPEC);
		Files.writeString(json, Files.readString(json).replaceFirst("(\\s)" + number + "([,\\s])", "$1" + (Integer.parseInt(number) + 1) + "$2"));
		var wrong = Shell.run("colorize", gray, "-o", folder.resolve("no.tif"), "--model", model, "--device", "cpu");
		assertEquals(1, wrong.errors().size(), wrong.err());
		assertTrue(wrong.err().contains("does not fit model.json: tensor ") && wrong.err().contains(", the network wants ("), wrong.err());
	}

	private int[] colorized(Path model, Path gray, int tile) {
		var out = folder.resolve("tile" + tile + ".tif");
		assertEquals("", Shell.run("colorize", gray, "-o", out, "--model", model, "--device", "cpu", "--scale", 1, "--tile", tile).err());
		return (int[]) IJ.openImage(out.toString()).getProcessor().getPixels();
	}
}
