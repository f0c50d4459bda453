package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.data.ColorDataSet;

public class DatasetCommandTest {

	@TempDir
	private Path folder;

	private Path image(String name, int rgb) throws IOException {
		var file = folder.resolve("images").resolve(name);
		Files.createDirectories(file.getParent());
		return Shell.colour(file, i -> rgb + i % 16);
	}

	@Test
	public void aFolderBecomesADataSet() throws IOException {
		for (int i = 0; i < 3; i++)
			image("blue/" + i + ".png", 0x2040a0 + 0x10000 * i);
		image("pink/first/1.png", 0xd08090);
		image("pink/second/2.tif", 0xd070a0);
		Files.copy(folder.resolve("images/blue/0.png"), folder.resolve("images/pink/copy.png"));
		Files.writeString(folder.resolve("images/pink/notes.txt"), "no image");
		Shell.colour(folder.resolve("images/pink/gray.png"), i -> 0x10101 * (i % 200));
		var file = folder.resolve("sets/stains.h5");

		var done = Shell.run("dataset", folder.resolve("images"), "-o", file, "--size", 16);
		assertEquals(0, done.status(), done.err());
		assertEquals(3, done.errors().size(), done.err());
		assertTrue(done.err().contains("copy.png has the same content as another image."), done.err());
		assertTrue(done.out().contains("Skipped images: 1 no image, 1 gray, 1 there already."), done.out());
		assertTrue(done.out().contains("Class blue: 2 images for training, 1 for validation."), done.out());
		assertTrue(done.out().contains("5 images of 16 pixels in 2 classes: " + file), done.out());
		try (var set = ColorDataSet.open(file)) {
			assertEquals(List.of("blue", "pink"), set.classes());
			// 24 x 16 pixels: four are cut off at each side.
			assertEquals(0xff000000 | 0x2040a0 + 4, set.argb(0)[0]);
		}

		var again = Shell.run("dataset", folder.resolve("images"), "-o", file, "--size", 16);
		assertEquals(1, again.status());
		assertTrue(again.err().contains("exists; choose another name, or overwrite."), again.err());
		assertEquals(0, Shell.run("dataset", folder.resolve("images"), "-o", file, "--size", 16, "--overwrite").status());
	}

	@Test
	public void laboratoriesAreKeptForValidation() throws IOException {
		for (int i = 0; i < 4; i++)
			for (var laboratory : List.of("bonn", "kiel", "ulm"))
				image("blue/" + laboratory + "_" + i + ".png", 0x2040a0 + 0x10000 * i + 0x40 * laboratory.length() + laboratory.charAt(0));
		var file = folder.resolve("set.h5");
		var done = Shell.run("dataset", folder.resolve("images"), "-o", file, "--size", 16, "--validation-groups", "kiel,ulm", "--validation", 0);
		assertEquals(0, done.status(), done.err());
		assertTrue(done.out().contains("Class blue: 4 images for training, 8 for validation."), done.out());
		var wrong = Shell.run("dataset", folder.resolve("images"), "-o", file, "--size", 16, "--validation-groups", "koeln", "--overwrite");
		assertEquals(List.of("Validation group is \"koeln\"; the names of the images begin with bonn, kiel, ulm."), wrong.errors());
		assertEquals(1, wrong.status());
	}

	@Test
	public void whatIsOddInAFileIsSaidOnStderr() throws IOException {
		image("a/1.png", 0x2040a0);
		var said = Shell.turned(folder.resolve("images/a/2.png"));
		var done = Shell.run("dataset", folder.resolve("images"), "-o", folder.resolve("set.h5"), "--size", 16);
		assertEquals(said, done.errors().get(0));
		assertFalse(done.out().contains("orientation"), done.out());
		assertEquals(0, done.status());
	}

	@Test
	public void whatCanNotBeDoneIsSaidInOneLine() throws IOException {
		var file = folder.resolve("set.h5");
		Files.createDirectories(folder.resolve("images/empty"));
		refused(folder.resolve("nowhere"), file, "128", "does not exist; give one with a subfolder");
		refused(folder.resolve("images"), file, "128", "holds no image; give one with a subfolder");
		refused(folder.resolve("images"), folder.resolve("set.tif"), "128", "must end in .h5.");
		refused(folder.resolve("images"), file, "3", "size is 3; must be 16 to 4096 pixels.");
		image("a/1.png", 0x2040a0);
		var small = Shell.run("dataset", folder.resolve("images"), "-o", file);
		assertEquals(1, small.status());
		assertTrue(small.err().contains("1.png is 24 x 16 pixels; must be at least 128 in both: choose a smaller size"), small.err());
		assertTrue(small.err().contains("No image could be used, so nothing was written (1 too small); give colour images"), small.err());
		assertFalse(Files.exists(file));
	}

	private static void refused(Path images, Path file, String size, String why) {
		var done = Shell.run("dataset", images, "-o", file, "--size", size);
		assertEquals(1, done.status());
		assertEquals(1, done.errors().size(), done.err());
		assertTrue(done.err().contains(why), done.err());
	}
}
