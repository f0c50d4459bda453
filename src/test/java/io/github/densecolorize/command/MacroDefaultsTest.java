package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;

/** What becomes of a macro's line that is not as it should be. */
public class MacroDefaultsTest {

	@TempDir
	private Path folder;
	private Context context;
	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		System.setProperty(Models.FOLDER_PROPERTY, folder.resolve("models").toString());
		TinyModel.write(Files.createDirectory(folder.resolve("models")), "tiny", "he", "dapi");
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
		MacroBridge.clearResults();
	}

	private String macro(String code) throws ReflectiveOperationException {
		return MacroBridge.run(context, "newImage('cells.tif', '8-bit ramp', 32, 32, 1); newImage('x', '8-bit black', 32, 32, 1); " + code);
	}

	/** A key that differs by case would be ignored by SciJava, and names in other case are those of the model. */
	@Test
	public void upperAndLowerCaseDoNotMatter() throws ReflectiveOperationException {
		assertEquals("went on", macro("""
			run('Colorize (Dense Network)', 'Image=cells.tif MODEL=Tiny category=DAPI Device=CPU output=rgb referenceStrength=AUTO TILE=64');
			selectImage('cells colorized');
			return 'went on';
			"""), log.toString());
		assertTrue(log.stream().anyMatch(line -> line.startsWith("Model tiny, class dapi (chosen") && line.endsWith("on cpu. Tiles of up to 64 pixels.")),
			log.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { //
		"image=x modle=tiny | Colorize (Dense Network) has no option \"modle\" (did you mean model?); its options are image, model, category, scale, mapping, channel, output, device, tile, reference, strength, referencestrength, hints, area, slices, unknown, caption.",
		"image=x pixels=3 | Colorize (Dense Network) has no option \"pixels\"; its options are image, model, ",
		"image=x mapping=display range | Colorize (Dense Network) has no option \"range\"; its options are image, ",
		"image=x model | model has no value; write model=value, with brackets around a value that has spaces.",
		"image=x mapping=[display range | The macro's line ends within [display range; close the bracket or the quote.",
		"image=cels.tif model=tiny | image is \"cels.tif\" (did you mean cells.tif?); must be the title of an open image: cells.tif, x.",
		"image=x tile=abc | tile is \"abc\"; must be a whole number from 0 to 4096.", //
		"image=x tile=64.0 | tile is \"64.0\" (did you mean 64?); must be a whole number from 0 to 4096.",
		"image=x channel= | channel is \"\"; must be a whole number, 0 or more.",
		"image=x strength=1,5 | strength is \"1,5\" (did you mean 1.5?); must be a number from 0 to 2.",
		"image=x strength=NaN | strength is \"NaN\"; must be a number from 0 to 2.",
		"image=x model=tinny | Model is \"tinny\" (did you mean tiny?); must be ",
		"image=x model=tiny category=h&e | Category is \"h&e\" (did you mean he?); model tiny has auto, he, dapi.",
		"image=x model=tiny mapping=percentil | Mapping is \"percentil\" (did you mean percentile?); must be one of display range, full range, percentile.",
		"image=x model=tiny hints=overlya | Hints is \"overlya\" (did you mean overlay?); must be none, overlay, roi manager, or a file",
		"image=x model=tiny reference=cels.tif | Reference is \"cels.tif\" (did you mean cells.tif?); must be the title of an open RGB image" })
	public void whatIsMisspeltEndsTheMacro(String options, String why) throws ReflectiveOperationException {
		assertFalse("went on".equals(macro("run('Colorize (Dense Network)', '" + options + "'); return 'went on';")), "the macro went on");
		assertTrue(log.get(log.size() - 1).startsWith(why), log.toString());
	}

	@Test
	public void withoutAnyImageATitleIsSaid() throws ReflectiveOperationException {
		MacroBridge.run(context, "run('Colorize (Dense Network)', 'image=x');");
		assertEquals(List.of("image is \"x\", and no image is open; open it, then try again."), log);
	}

	/** A key alone is a check box that is on, as in ImageJ's own commands. */
	@ParameterizedTest
	@CsvSource({ "overwrite, true", "overwrite=true, true", "overwrite=TRUE, true", "overwrite=false, false", "'', false" })
	public void switchesAreSet(String option, boolean replaced) throws IOException, ReflectiveOperationException {
		var out = Files.createDirectory(folder.resolve("out")).resolve("a.tif");
		Files.writeString(out, "old");
		MacroBridge.run(context, "newImage('a', '8-bit ramp', 32, 32, 1); File.makeDirectory('" + folder + "/in'); saveAs('Tiff', '" + folder +
			"/in/a.tif'); run('Colorize Folder', 'inputfolder=[" + folder + "/in] outputfolder=[" + folder + "/out] model=tiny device=cpu " + option +
			"');");
		assertEquals(replaced, Files.size(out) > 3, log.toString());
	}

	@Test
	public void aSwitchIsTrueOrFalse() throws ReflectiveOperationException {
		MacroBridge.run(context, "run('Colorize Folder', 'inputfolder=a outputfolder=b overwrite=yes');");
		assertEquals(List.of("overwrite is \"yes\"; must be one of true, false."), log);
	}

	@Test
	public void aMeasurementNamesTheImageThatIsNotOpen() throws ReflectiveOperationException {
		macro("run('Measure Info_loss', 'original=x colorized=y');");
		assertEquals(List.of("colorized is \"y\"; must be the title of an open image: cells.tif, x."), log);
	}

	/** Files and folders have no other spelling than their own, and a column is one of the table's. */
	@Test
	public void aColumnIsFoundInAnyCase() throws ReflectiveOperationException {
		macro("run('Measure Info_loss', 'original=x colorized=cells.tif'); run('Plot Info_loss', 'column=INFO_LOSS');");
		assertFalse(log.stream().anyMatch(line -> line.startsWith("Column is")), log.toString());
		macro("run('Measure Info_loss', 'original=x colorized=cells.tif'); run('Plot Info_loss', 'column=infoloss');");
		assertTrue(log.get(log.size() - 1).startsWith("Column is \"infoloss\" (did you mean Info_loss?); must be one of "), log.toString());
	}
}
