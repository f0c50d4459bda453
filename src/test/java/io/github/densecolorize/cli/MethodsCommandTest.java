package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;

public class MethodsCommandTest {

	@TempDir
	private Path folder;

	@Test
	public void aResultIsDescribedFromItsFile() throws IOException {
		var model = TinyModel.write(folder, "tiny", "he", "ihc");
		var in = Shell.grayStack(folder.resolve("ramp.tif"), 20, 20, 1);
		var out = folder.resolve("result.tif");
		assertEquals(0, Shell.run("colorize", in, "-o", out, "--model", model, "--category", "he", "--device", "cpu").status());
		var done = Shell.run("methods", out);
		assertEquals(0, done.status(), done.err());
		assertTrue(done.out().startsWith("The image was colorized with the Fiji plugin Dense Colorize (development build), "), done.out());
		assertTrue(done.out().contains(" The class he was chosen by the user. "), done.out());
		assertEquals("", done.err());

		var other = Shell.run("methods", in);
		assertEquals(1, other.status());
		assertEquals("ramp.tif does not record how it was colorized; choose a result of this plugin, or a TIFF file of it (PNG files and screenshots record " +
			"nothing).", other.errors().get(0));
	}
}
