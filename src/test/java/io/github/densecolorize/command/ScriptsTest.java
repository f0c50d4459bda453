package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.task.TaskService;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.imagej.Models;
import io.github.densecolorize.imagej.Provenance;
import io.github.densecolorize.model.ModelFolder;

/** The macros of {@code scripts/}, run by ImageJ's interpreter; Fiji's dialog for their parameters is not part of it. */
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

	@Test
	public void colorizeMeasurePlot() throws IOException, ReflectiveOperationException {
		var models = Files.createDirectory(folder.resolve("models"));
		TinyModel.write(models, "first", "he");
		TinyModel.write(models, "second", "he");
		var random = new Random(1);
		for (var name : List.of("a.png", "b.tif"))
			save(name, () -> random.nextInt(1 << 24));
		var output = Files.createDirectory(folder.resolve("output"));
		MacroBridge.runScript(context, "Colorize_Measure_Plot.ijm", Map.of("folder", images, "output", output, "models", "first, second"));
		var rows = rows(output.resolve("Info_loss.csv"));
		int method = Arrays.asList(rows.get(0)).indexOf("method");
		assertEquals(List.of("first", "second", "first", "second"), rows.subList(1, 5).stream().map(r -> r[method]).toList());
		var plot = IJ.openImage(output.resolve("Info_loss.tif").toString());
		assertTrue(plot.getWidth() > 100);
	}

	@Test
	public void trainAndColorize() throws IOException, ReflectiveOperationException {
		var random = new Random(1);
		for (var stain : List.of("blue", "pink"))
			for (int i = 0; i < 16; i++) {
				Files.createDirectories(images.resolve(stain));
				save(128, stain + "/" + i + ".png", () -> (stain.equals("pink") ? 0xd080a0 : 0x6080d0) + random.nextInt(16) * 0x10101);
			}
		var gray = folder.resolve("gray.tif");
		new FileSaver(IJ.createImage("gray", "8-bit ramp", 64, 64, 1)).saveAsTiff(gray.toString());
		MacroBridge.runScript(context, "Train_And_Colorize.ijm", Map.of("folder", images, "model", "two-stains", "epochs", 1, "image", gray));
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
