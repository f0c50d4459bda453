package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

public class AllClassesCommandTest extends MacroFixture {

/** @return what the macro returns after a ramp of 100 by 50 pixels was opened */
	private String run(String code) throws ReflectiveOperationException {
		return MacroBridge.run(context, "newImage('ramp', '8-bit ramp', 100, 50, 1); " + code);
	}

	@Test
	public void aMacroGetsTheSheet() throws ReflectiveOperationException {
		assertEquals(List.of("image", "model", "scale", "mapping", "channel", "device", "tile"), MacroBridge.keys(context, AllClassesCommand.class,
			"Plugins > Colorize > Colorize: All Classes"));
		assertEquals("24 each class of the model", run("run('Colorize: All Classes', 'image=ramp model=tiny device=cpu'); " +
			"selectImage('All classes of ramp'); return '' + bitDepth() + ' ' + Property.get('colorize.category.choice');"), log.toString());
		assertTrue(said().startsWith("Classes of model tiny, the most likely first: "), said());
	}

	/** Four pictures are in three columns of 410 pixels; the first one, gray, begins at (10, 80) and is 400 pixels wide. */
	@Test
	public void aSelectionIsShown() throws ReflectiveOperationException {
		var line = "run('Colorize: All Classes', 'image=ramp model=tiny device=cpu mapping=[full range]'); selectImage('All classes of ramp'); " +
			"return '' + (getPixel(12, 100) & 255) + ' ' + (getPixel(408, 100) & 255);";
		var all = run(line).split(" ");
		assertTrue(Integer.parseInt(all[0]) < 5 && Integer.parseInt(all[1]) > 250, String.join(" ", all));
		// Columns 40 to 59 of a ramp of 0 to 255: 102 to 153.
		var part = run("makeRectangle(40, 10, 20, 20); " + line).split(" ");
		assertEquals(102, Integer.parseInt(part[0]), 3);
		assertEquals(151, Integer.parseInt(part[1]), 3);
	}

	@Test
	public void badOptionsAreSaid() throws ReflectiveOperationException {
		assertFalse("went on".equals(run("run('Colorize: All Classes', 'image=ramp model=tiny channel=2'); return 'went on';")));
		assertEquals("Channel is 2; the image has only channel 1.", said());
	}
}
