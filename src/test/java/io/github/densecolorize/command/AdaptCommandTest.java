package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ModelFolder;

public class AdaptCommandTest extends MacroFixture {

	@BeforeEach
	void makeReference() {
		// Purple of all lightnesses.
		var colours = new ColorProcessor(64, 48);
		for (int i = 0; i < 64 * 48; i++)
			colours.set(i, (40 + i % 200) << 16 | (20 + i % 100) << 8 | 60 + i % 190);
		new FileSaver(new ImagePlus("slide", colours)).saveAsTiff(folder.resolve("slide.tif").toString());
	}
	private String run(String options) throws ReflectiveOperationException {
		return MacroBridge.run(context, "run('Adapt Colorizer to Reference', '" + options + "'); return 'went on';");
	}

	@Test
	public void aModelIsAdaptedAndInstalled() throws IOException, ReflectiveOperationException {
		assertEquals(List.of("model", "reference", "newModel"), MacroBridge.keys(context, AdaptCommand.class,
			"Plugins > Colorize > Adapt Colorizer to Reference"));
		assertEquals("went on", run("model=tiny reference=[" + folder.resolve("slide.tif") + "] newmodel=ours"), log.toString());
		var spec = ModelFolder.spec(Models.folder("ours"));
		assertEquals("ours", spec.name());
		assertEquals(1, spec.adaptation().references().size());
		assertTrue(said().startsWith("Model ours, adapted to 1 reference image, on which the colours of tiny are wrong by "), said());
		assertTrue(said().endsWith(" (ab RMSE), is in " + models.resolve("ours") + "."), said());
	}

	@Test
	public void badOptionsAreSaid() throws ReflectiveOperationException {
		refused("model=tiny newmodel=ours", "No reference was given; give an image with the colours that you want.");
		refused("model=tiny reference=[" + folder.resolve("slide.tif") + "] newmodel=tiny", "Model folder " + models.resolve("tiny") +
			" exists; choose another name.");
		refused("model=tiny reference=[" + folder.resolve("none.tif") + "] newmodel=ours", "Reference is \"" + folder.resolve("none.tif") +
			"\"; must be the title of an open RGB image, or the path of a file or folder that is there.");
		assertFalse(Files.exists(models.resolve("ours")));
	}

	private void refused(String options, String why) throws ReflectiveOperationException {
		assertFalse("went on".equals(run(options)));
		assertEquals(why, said());
	}
}
