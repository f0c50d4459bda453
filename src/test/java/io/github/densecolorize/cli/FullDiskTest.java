package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.files.Trees;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelArchive;

/**
 * A disk that fills up in the midst of what is to be written: an error is said, what was there is there byte for byte, and nothing half is.
 * Needs the right to mount a small file system, else it is skipped. The build tries three moments; {@code -Ddensecolorize.moments=10} tries
 * every tenth of the file.
 */
public class FullDiskTest {

	private static final int SIDE = 200, BLOCK = 4096, MOMENTS = Integer.getInteger("densecolorize.moments", 3);
	private static final long DISK = 32 << 20;

	@TempDir
	static Path folder;
	private static Path disk, model;
	private static boolean mounted;

	@BeforeAll
	static void mount() throws Exception {
		disk = Files.createDirectory(folder.resolve("disk"));
		mounted = system("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", disk.toString());
		model = TinyModel.write(folder, "tiny", "he", "ihc");
		var stack = IJ.createImage("noise", "8-bit black", SIDE, SIDE, 4);
		var random = new Random(1);
		for (int z = 1; z <= 4; z++)
			random.nextBytes((byte[]) stack.getStack().getPixels(z));
		new FileSaver(stack).saveAsTiffStack(folder.resolve("stack.tif").toString());
		new FileSaver(new ImagePlus("gray", stack.getStack().getProcessor(1))).saveAsTiff(folder.resolve("gray.tif").toString());
		Files.createDirectories(folder.resolve("colour/one"));
		for (int i = 0; i < 4; i++)
			new FileSaver(new ImagePlus("colour", new ColorProcessor(SIDE, SIDE, random.ints(SIDE * SIDE).toArray()))).saveAsPng(folder.resolve(
				"colour/one/" + i + ".png").toString());
		var rows = IJ.createImage("rows", "RGB ramp", 16, 16, 200);
		new FileSaver(rows).saveAsTiffStack(folder.resolve("rows.tif").toString());
		TinyDataSet.write(folder.resolve("set.h5"), 10, 16);
	}

	@AfterAll
	static void unmount() throws Exception {
		if (mounted) assertTrue(system("umount", disk.toString()));
	}

	private static boolean system(String... command) throws InterruptedException {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
		}
		catch (IOException e) {
			return false;
		}
	}

	/** Writes something; what was there may be replaced. */
	@FunctionalInterface
	private interface FileJob {

		/** @return the exit status and what was said */
		Shell run() throws Exception;
	}

	@Test
	public void anImageAsTiff() throws Exception {
		fill(() -> colorize("gray.tif", "result.tif"));
	}

	@Test
	public void anImageAsPng() throws Exception {
		fill(() -> colorize("gray.tif", "result.png"));
	}

	@Test
	public void aStack() throws Exception {
		fill(() -> colorize("stack.tif", "result.tif"));
	}

	private static Shell colorize(String in, String out) {
		return Shell.run("colorize", folder.resolve(in), "-o", disk.resolve(out), "--overwrite", "--model", model, "--device", "cpu");
	}

	@Test
	public void aDataSet() throws Exception {
		fill(() -> Shell.run("dataset", folder.resolve("colour"), "-o", disk.resolve("set.h5"), "--size", 64, "--overwrite"));
	}

	@Test
	public void aTable() throws Exception {
		fill(() -> Shell.run("measure", folder.resolve("rows.tif"), "--csv", disk.resolve("rows.csv")));
	}

	@Test
	public void aPlot() throws Exception {
		TinyModel.write(folder, "other", "he", "ihc");
		fill(() -> Shell.run("compare", folder.resolve("colour"), model, folder.resolve("other"), "--plot", disk.resolve("plot.png"), "--overwrite",
			"--device", "cpu"));
	}

	/** Model, table of the training and checkpoint: the model that was there is replaced by one that is whole, or stays. */
	@Test
	public void aTraining() throws Exception {
		fill(() -> {
			var done = Shell.run("train", folder.resolve("set.h5"), "-o", disk.resolve("model"), "--epochs", 1, "--batch", 16, "--patch", 8, "--scale",
				1, "--device", "cpu", "--seed", 1, "--overwrite");
			ColorModel.open(disk.resolve("model"), "cpu").close();
			return done;
		});
	}

	@Test
	public void anExport() throws Exception {
		fill(() -> refused(() -> ModelArchive.write(model, disk.resolve("tiny.zip"))));
	}

	@Test
	public void anImport() throws Exception {
		ModelArchive.write(model, folder.resolve("tiny.zip"));
		fill(() -> refused(() -> ModelArchive.read(folder.resolve("tiny.zip"), disk)));
	}

	private interface Writing {

		void run() throws IOException;
	}

	private static Shell refused(Writing job) {
		try {
			job.run();
			return new Shell(0, "", "");
		}
		catch (IOException e) {
			return new Shell(1, "", e.getMessage());
		}
	}

	private static void fill(FileJob job) throws Exception {
		assumeTrue(mounted, "no right to mount a file system");
		for (var name : contents().keySet())
			Trees.delete(disk.resolve(name.replaceFirst("/.*", "")));
		assertEquals(0, job.run().status());
		long size = contents().values().stream().mapToLong(bytes -> bytes.length).sum();
		// What refuses to replace writes anew.
		if (job.run().status() != 0) for (var name : contents().keySet())
			Trees.delete(disk.resolve(name.replaceFirst("/.*", "")));
		for (int moment = 0; moment < MOMENTS; moment++) {
			leave(size * moment / MOMENTS);
			var before = contents();
			var done = job.run();
			Files.delete(disk.resolve("filler"));
			var at = moment + " of " + MOMENTS + ": " + done.err();
			assertEquals(1, done.status(), at);
			// Beside the number of files.
			assertEquals(1, done.errors().stream().filter(line -> !line.matches("\\d+ files: .*")).count(), at);
			assertTrue(done.err().contains("No space left on device"), at);
			assertEquals(List.of(), hidden());
			var now = contents();
			// A training is stopped; where it was, and the better model that it has found, stay.
			now.keySet().removeIf(name -> name.contains("model"));
			before.keySet().removeIf(name -> name.contains("model"));
			assertEquals(before.keySet(), now.keySet(), at);
			before.forEach((name, bytes) -> assertArrayEquals(bytes, now.get(name), name));
		}
	}

	/** Fills the disk up to some bytes. */
	private static void leave(long bytes) throws IOException {
		var filler = disk.resolve("filler");
		try (var file = new RandomAccessFile(filler.toFile(), "rw")) {
			long free = Files.getFileStore(disk).getUsableSpace() - bytes;
			var block = new byte[BLOCK];
			for (long left = free; left >= BLOCK; left -= BLOCK)
				file.write(block);
		}
	}

	private static List<String> hidden() throws IOException {
		try (var files = Files.walk(disk)) {
			return files.map(f -> f.getFileName().toString()).filter(name -> name.startsWith(".")).toList();
		}
	}

	private static Map<String, byte[]> contents() throws IOException {
		var contents = new TreeMap<String, byte[]>();
		try (var files = Files.walk(disk)) {
			for (var file : files.filter(Files::isRegularFile).filter(f -> !f.endsWith("filler")).toList())
				contents.put(disk.relativize(file).toString(), Files.readAllBytes(file));
		}
		return contents;
	}
}
