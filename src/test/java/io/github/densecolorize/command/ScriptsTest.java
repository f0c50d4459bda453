package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.python.util.PythonInterpreter;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.model.ModelFolder;

/**
 * The scripts of {@code scripts/}, macros run by ImageJ's interpreter, the others by Groovy and Jython; Fiji's dialog for their parameters is
 * not part of it.
 */
public class ScriptsTest {

	@TempDir
	private Path folder;
	private Context context;
	private Path images;

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class);
		System.setProperty(Models.FOLDER_PROPERTY, folder.resolve("models").toString());
		images = Files.createDirectory(folder.resolve("images"));
		MacroBridge.clearResults();
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
		MacroBridge.clearResults();
	}

	/** What the script returns or leaves as its output. */
	private Object run(String script, String result, Map<String, Object> parameters) throws IOException, ReflectiveOperationException {
		if (script.endsWith(".ijm")) return MacroBridge.runScript(context, script, parameters);
		var text = Files.readString(Path.of("scripts", script)).lines().map(line -> line.startsWith("#@") ? "" : line).collect(Collectors.joining(
			"\n"));
		var values = new HashMap<String, Object>();
		values.put("command", context.service(CommandService.class));
		parameters.forEach((name, value) -> values.put(name, value instanceof Path path ? path.toFile() : value));
		if (script.endsWith(".groovy")) {
			var binding = new Binding(values);
			new GroovyShell(binding).evaluate(text);
			return result == null ? null : binding.getVariable(result);
		}
		try (var python = new PythonInterpreter()) {
			values.forEach(python::set);
			python.exec(text);
			return result == null ? null : python.get(result, Object.class);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ijm", "groovy", "py" })
	public void colorizeStack(String language) throws IOException, ReflectiveOperationException {
		TinyModel.write(Files.createDirectory(folder.resolve("models")), "tiny", "he", "pas");
		var gray = IJ.createImage("gray", "8-bit ramp", 40, 30, 3);
		if (language.equals("ijm")) {
			var result = MacroBridge.run(context, "newImage('gray', '8-bit ramp', 40, 30, 3); model = 'tiny'; category = 'pas';" + Files.readString(
				Path.of("scripts/Colorize_Stack.ijm")).replaceAll("(?m)^#@.*", "") + "; return getTitle() + ' ' + bitDepth() + ' ' + nSlices;");
			assertEquals("gray colorized 24 3", result);
			return;
		}
		var result = (ImagePlus) run("Colorize_Stack." + language, "colorized", Map.of("image", gray, "model", "tiny", "category", "pas"));
		assertEquals("gray colorized", result.getTitle());
		assertEquals(ImagePlus.COLOR_RGB, result.getType());
		assertEquals(3, result.getStackSize());
		assertEquals("pas", result.getProp(Provenance.PREFIX + "category"));
	}

	/** A script that asks for what is not there ends with the command's sentence. */
	@ParameterizedTest
	@ValueSource(strings = { "groovy", "py" })
	public void failureEndsTheScript(String language) {
		var error = assertThrows(RuntimeException.class, () -> run("Colorize_Stack." + language, "colorized", Map.of("image", IJ.createImage("gray",
			"8-bit ramp", 40, 30, 1), "model", "none", "category", "auto")));
		assertTrue(error.toString().contains("none"), error.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "ijm", "groovy", "py" })
	public void colorizeFolder(String language) throws IOException, ReflectiveOperationException {
		TinyModel.write(Files.createDirectory(folder.resolve("models")), "tiny", "he");
		Files.createDirectory(images.resolve("more"));
		save("a.tif", () -> 0x404040);
		save("more/b.png", () -> 0x808080);
		var output = folder.resolve("output");
		run("Colorize_Many_Images." + language, null, Map.of("input", images, "output", output, "model", "tiny"));
		assertTrue(Files.exists(output.resolve("a.tif")));
		try (var results = Files.list(output.resolve("more"))) {
			assertEquals(1, results.count());
		}
	}

	/** The line repeats the means of the table. */
	@ParameterizedTest
	@ValueSource(strings = { "ijm", "groovy", "py" })
	public void compareModels(String language) throws IOException, ReflectiveOperationException {
		var models = Files.createDirectory(folder.resolve("models"));
		TinyModel.write(models, "one", "he");
		TinyModel.write(models, "two", "he");
		var random = new Random(1);
		for (var name : List.of("a.png", "b.tif"))
			save(name, () -> random.nextInt(1 << 24));
		var csv = folder.resolve("rows.csv");
		var summary = String.valueOf(run("Compare_Models." + language, "summary", Map.of("folder", images, "csv", csv, "first", "one", "second",
			"two")));
		var rows = rows(csv);
		assertEquals(5, rows.size());
		int loss = Arrays.asList(rows.get(0)).indexOf("Info_loss");
		double mean = (Double.parseDouble(rows.get(1)[loss]) + Double.parseDouble(rows.get(3)[loss])) / 2;
		// Both models are the same network.
		assertTrue(summary.startsWith("2 images; Info_loss one " + String.format(Locale.ROOT, "%.3f, two %.3f; CIEDE2000 ", mean, mean)), summary);
		assertTrue(summary.endsWith("; one loses less on 0"), summary);
	}

	@Test
	public void measureFolder() throws IOException, ReflectiveOperationException {
		var random = new Random(1);
		save("a.png", () -> random.nextInt(2) * 0xff0000);
		save("a colorized.tif", () -> 0);
		save("b.png", () -> 0x777777);
		Files.writeString(images.resolve("notes.txt"), "this is no image");
		var csv = folder.resolve("rows.csv");
		MacroBridge.runScript(context, "Measure_Folder.ijm", Map.of("folder", images, "csv", csv));
		var rows = rows(csv);
		int loss = Arrays.asList(rows.get(0)).indexOf("Info_loss"), image = Arrays.asList(rows.get(0)).indexOf("image");
		assertEquals(3, rows.size());
		assertEquals(List.of("a.png", "b.png"), List.of(rows.get(1)[image], rows.get(2)[image]));
		assertEquals(2, Double.parseDouble(rows.get(1)[loss]), 0.05);
		assertEquals("NaN", rows.get(2)[loss]);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ijm", "groovy", "py" })
	public void colorizeMeasurePlot(String language) throws IOException, ReflectiveOperationException {
		var models = Files.createDirectory(folder.resolve("models"));
		TinyModel.write(models, "first", "he");
		TinyModel.write(models, "second", "he");
		var random = new Random(1);
		for (var name : List.of("a.png", "b.tif"))
			save(name, () -> random.nextInt(1 << 24));
		var output = Files.createDirectory(folder.resolve("output"));
		run("Colorize_Measure_Plot." + language, null, Map.of("folder", images, "output", output, "models", "first, second"));
		var rows = rows(output.resolve("Info_loss.csv"));
		int method = Arrays.asList(rows.get(0)).indexOf("method");
		assertEquals(List.of("first", "second", "first", "second"), rows.subList(1, 5).stream().map(r -> r[method]).toList());
		var plot = IJ.openImage(output.resolve("Info_loss.tif").toString());
		assertTrue(plot.getWidth() > 100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ijm", "groovy", "py" })
	public void trainAndColorize(String language) throws IOException, ReflectiveOperationException {
		var random = new Random(1);
		for (var stain : List.of("blue", "pink"))
			for (int i = 0; i < 16; i++) {
				Files.createDirectories(images.resolve(stain));
				save(128, stain + "/" + i + ".png", () -> (stain.equals("pink") ? 0xd080a0 : 0x6080d0) + random.nextInt(16) * 0x10101);
			}
		var gray = folder.resolve("gray.tif");
		new FileSaver(IJ.createImage("gray", "8-bit ramp", 64, 64, 1)).saveAsTiff(gray.toString());
		run("Train_And_Colorize." + language, null, Map.of("folder", images, "model", "two-stains", "epochs", 1, "image", gray));
		assertEquals(List.of("blue", "pink"), ModelFolder.spec(folder.resolve("models/two-stains")).classes());
		assertEquals(2, Files.readAllLines(folder.resolve("models/two-stains/training.csv")).size());
		var result = IJ.openImage(folder.resolve("gray colorized.tif").toString());
		assertEquals(ImagePlus.COLOR_RGB, result.getType());
		assertEquals("two-stains", result.getProp(Provenance.PREFIX + "model"));
	}

	private void save(String name, IntSupplier rgb) {
		save(32, name, rgb);
	}

	private void save(int side, String name, IntSupplier rgb) {
		var ip = new ColorProcessor(side, side);
		for (int i = 0; i < side * side; i++)
			ip.set(i, rgb.getAsInt());
		var saver = new FileSaver(new ImagePlus(name, ip));
		var path = images.resolve(name).toString();
		assertTrue(name.endsWith(".png") ? saver.saveAsPng(path) : saver.saveAsTiff(path));
	}

	private static List<String[]> rows(Path csv) throws IOException {
		return Files.readAllLines(csv).stream().map(line -> line.split(",", -1)).toList();
	}
}
