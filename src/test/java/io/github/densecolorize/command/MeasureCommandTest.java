package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Plot;
import ij.io.FileSaver;
import ij.measure.ResultsTable;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;

import io.github.densecolorize.measure.Quantity;

public class MeasureCommandTest {

	/** Of two colours, of one, and one of another size. */
	private static final String IMAGES = """
		setBatchMode(true);
		newImage('two', 'RGB black', 20, 10, 1); setColor(255, 0, 0); fillRect(0, 0, 10, 10);
		newImage('one', 'RGB black', 20, 10, 1);
		newImage('small', 'RGB black', 10, 10, 1);
		""";

	@TempDir
	private Path folder;
	private Context context;
	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() {
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		MacroBridge.clearResults();
	}

	@AfterEach
	void close() {
		context.dispose();
		MacroBridge.clearResults();
		IJ.resetEscape();
	}

	/** Keys are public: recorded macros contain them. */
	@Test
	public void keysAreThoseOfTheManual() {
		assertEquals(List.of("original", "colorized", "base", "histogram", "method"), MacroBridge.keys(context, MeasureCommand.class,
			"Plugins > Colorize > Measure Info_loss"));
		assertEquals(List.of("originals", "colorized", "base", "histogram", "method"), MacroBridge.keys(context, MeasureFoldersCommand.class,
			"Plugins > Colorize > Measure Info_loss of Folders"));
		assertEquals(List.of("column"), MacroBridge.keys(context, PlotCommand.class, "Plugins > Colorize > Plot Info_loss"));
		assertEquals(List.of("original", "colorized"), MacroBridge.keys(context, MontageCommand.class, "Plugins > Colorize > Montage of Colorization"));
	}

	/** Red and black become black: a bit of a* and one of b* are lost. */
	@Test
	public void aMacroReadsTheTable() throws ReflectiveOperationException {
		var seen = macro("""
			run('Measure Info_loss', 'original=two colorized=one method=by_hand');
			run('Measure Info_loss', 'original=two colorized=two base=10');
			run('Measure Info_loss', 'original=two histogram=joint');
			return '' + nResults + ' ' + getResult('Info_loss', 0) + ' ' + getResult('InEn_a_original', 0) + ' ' + getResult('Info_loss', 1) + ' ' +
				d2s(getResult('InEn_original', 1), 4) + ' ' + getResult('InEn_original', 2) + ' ' + isNaN(getResult('Info_loss', 2)) + ' ' +
				getResultString('method', 0) + ' ' + getResultString('image', 0) + ' ' + getResult('slice', 0);
			""");
		assertEquals("3 2 1 0 0.6021 1 1 by_hand two 1", seen);
		var columns = ResultsTable.getResultsTable().getHeadings();
		assertEquals(Stream.of(Stream.of("image", "slice"), Arrays.stream(Quantity.values()).map(Quantity::toString), Stream.of("method"))
			.flatMap(s -> s).toList(), List.of(columns));
		assertTrue(log.contains("Info_loss of two: 2.0000."), log.toString());
	}

	/** Red and black become black, as above; what has no partner or is damaged is said, and a run without any pair ends the macro. */
	@Test
	public void foldersAreMatchedByName() throws IOException, ReflectiveOperationException {
		for (var name : List.of("originals", "colorized", "none"))
			Files.createDirectory(folder.resolve(name));
		var two = new ColorProcessor(2, 1, new int[] { 0xff0000, 0 });
		var saved = new FileSaver(new ImagePlus("", two));
		saved.saveAsPng(folder + "/originals/a.png");
		saved.saveAsPng(folder + "/originals/b.png");
		saved.saveAsPng(folder + "/originals/alone.png");
		saved.saveAsPng(folder + "/none/x.png");
		new FileSaver(new ImagePlus("", new ColorProcessor(2, 1))).saveAsTiff(folder + "/colorized/a.tif");
		Files.writeString(folder.resolve("colorized/b.tif"), "this is no image");
		var line = "run('Measure Info_loss of Folders', 'originals=[" + folder + "/originals] colorized=[" + folder + "/%s]'); ";
		assertEquals("1 2", macro(line.formatted("colorized") + "return '' + nResults + ' ' + getResult('Info_loss', 0);"));
		var said = String.join("\n", log);
		assertTrue(said.contains("alone.png: it has no partner") && said.contains("Failed: ") && said.contains("b.tif"), said);
		assertTrue(said.contains("5 files: 2 measured, 0 there already, 0 left out, 3 failed."), said);
		assertNotEquals("went on", macro(line.formatted("none") + "return 'went on';"));
	}

	@Test
	public void rowsOfOtherCommandsStay() throws ReflectiveOperationException {
		var table = ResultsTable.getResultsTable();
		table.incrementCounter();
		table.addValue("Area", 42);
		macro("run('Measure Info_loss', 'original=two colorized=one'); return '';");
		assertEquals(2, table.size());
		assertEquals(42, table.getValue("Area", 0));
	}

	@ParameterizedTest
	@CsvSource({ "original=two colorized=small, 10 x 10", "original=two colorized=three, must be the title of an open image", "original=three colorized=one, must be the title of an open image",
		"original=two colorized=one base=3, 'must be one of 2, e, 10'", "original=two colorized=one histogram=both, 'separate, joint'" })
	public void aFailureKeepsTheRowsAndEndsTheMacro(String options, String why) throws ReflectiveOperationException {
		macro("run('Measure Info_loss', 'original=two colorized=one'); run('Measure Info_loss', '" + options + "'); newImage('go on', '8-bit', 9, 9, 1);" +
			"run('Measure Info_loss', 'original=[go on]');");
		assertEquals(1, ResultsTable.getResultsTable().size());
		assertTrue(log.get(log.size() - 1).contains(why), log.toString());
	}

	@Test
	public void aSelectionCounts() throws ReflectiveOperationException {
		assertEquals("0 10", macro("""
			selectImage('two'); makeRectangle(0, 0, 10, 10);
			run('Measure Info_loss', 'original=two colorized=one');
			return '' + getResult('InEn_original', 0) + ' ' + getWidth() / 2;
			"""));
	}

	@Test
	public void withoutImagesItSaysSo() {
		var module = run(MeasureCommand.class);
		assertTrue(module.isCanceled());
		assertEquals("No image is open; open the original and the colorized image, then try again.", module.getCancelReason());
		assertEquals(List.of(module.getCancelReason()), log);
	}

	@Test
	public void notANumberIsRefused() {
		var values = new FloatProcessor(20, 10);
		values.setf(0, Float.NaN);
		var module = run(MeasureCommand.class, "original", new ImagePlus("rgb", new ColorProcessor(20, 10)), "colorized", new ImagePlus("nan", values));
		assertTrue(module.getCancelReason().contains("NaN"), module.getCancelReason());
		assertEquals(0, ResultsTable.getResultsTable().size());
	}

	/** Of each method, without the rows of other commands and without what an image alone does not have. */
	@Test
	public void theSummaryIsOverTheTable() throws ReflectiveOperationException {
		var table = ResultsTable.getResultsTable();
		table.incrementCounter();
		table.addValue("Area", 42);
		macro("""
			run('Measure Info_loss', 'original=two colorized=one method=dense');
			run('Measure Info_loss', 'original=two colorized=two method=dense');
			run('Measure Info_loss', 'original=one');
			return '';
			""");
		var summary = InfoLossTables.summary();
		assertEquals(6, summary.size());
		assertEquals("dense mean", summary.getStringValue("method", 0) + " " + summary.getStringValue("statistic", 0));
		assertEquals(1, summary.getValue("Info_loss", 0), 1e-9);
		assertEquals(Math.sqrt(2), summary.getValue("Info_loss", 1), 1e-9);
		assertEquals(2, summary.getValue("Info_loss", 2));
		assertEquals(0, summary.getValue("Info_loss", 5));
		assertEquals(1, summary.getValue("InEn_original", 5));
	}

	/** The plot is ImageJ's own, with a line for each method. */
	@Test
	public void aPlotOfTheTable() throws ReflectiveOperationException {
		var seen = macro("""
			run('Measure Info_loss', 'original=two colorized=one method=dense');
			run('Measure Info_loss', 'original=two colorized=two method=residual');
			run('Plot Info_loss', 'column=InEn');
			selectImage('InEn');
			return getTitle() + ' ' + nImages;
			""");
		assertEquals("InEn 4", seen);
		var plot = (ImagePlus) run(PlotCommand.class, "column", "Info_loss").getOutput("plot");
		assertEquals(2, ((Plot) plot.getProperty(Plot.PROPERTY_KEY)).getPlotObjectDesignations().length);
	}

	@Test
	public void withoutRowsThereIsNoPlot() throws ReflectiveOperationException {
		assertTrue(run(PlotCommand.class).getCancelReason().contains("measure first"));
		macro("run('Measure Info_loss', 'original=two'); return '';");
		assertTrue(run(PlotCommand.class).getCancelReason().contains("no value"));
		assertTrue(run(PlotCommand.class, "column", "loss").getCancelReason().contains("Column is \"loss\""));
	}

	@Test
	public void aMontageOfBoth() throws ReflectiveOperationException {
		assertEquals("Montage of one 4", macro("""
			run('Montage of Colorization', 'original=two colorized=one');
			selectImage('Montage of one');
			return getTitle() + ' ' + nImages;
			"""));
		macro("run('Montage of Colorization', 'original=two'); return '';");
		assertTrue(log.get(log.size() - 1).contains("open are two, one, small"), log.toString());
	}

	private String macro(String code) throws ReflectiveOperationException {
		return MacroBridge.run(context, IMAGES + code);
	}

	private CommandModule run(Class<? extends org.scijava.command.Command> command, Object... inputs) {
		try {
			return context.service(CommandService.class).run(command, false, inputs).get();
		}
		catch (InterruptedException | java.util.concurrent.ExecutionException e) {
			throw new AssertionError(e);
		}
	}
}
