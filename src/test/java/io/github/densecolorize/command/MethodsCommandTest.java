package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

public class MethodsCommandTest extends MacroFixture {

@Test
	public void aResultIsDescribed() throws ReflectiveOperationException {
		assertEquals(List.of("image"), MacroBridge.keys(context, MethodsCommand.class, "Plugins > Colorize > Methods Text"));
		assertEquals("went on", MacroBridge.run(context, "newImage('ramp', '8-bit ramp', 32, 32, 1); run('Colorize (Dense Network)', " +
			"'image=ramp model=tiny category=ihc scale=1/2 device=cpu'); run('Methods Text', 'image=[ramp colorized]'); return 'went on';"), log.toString());
		var text = said();
		assertTrue(text.startsWith("The image was colorized with the Fiji plugin Dense Colorize (development build), a densely connected convolutional " +
			"neural network after Zhang et al. (2019), and the model tiny (SHA-256 "), text);
		assertTrue(text.contains("...). The network was given the lightness of the image (display range, 0 to 255) at 0.5 of its size. The class ihc was chosen " +
			"by the user. The network predicted "), text);
		assertTrue(text.endsWith("\nLicence of the model tiny: none (see the model's card, README.md in its folder)."), text);
	}

	@Test
	public void otherImagesAreRefused() throws ReflectiveOperationException {
		assertFalse("went on".equals(MacroBridge.run(context, "newImage('ramp', '8-bit ramp', 32, 32, 1); run('Methods Text', 'image=ramp'); return 'went on';")));
		assertTrue(said().startsWith("ramp does not record how it was colorized; choose a result of this plugin"), log.toString());
	}
}
