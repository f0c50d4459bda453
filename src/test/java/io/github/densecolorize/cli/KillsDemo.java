package io.github.densecolorize.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;

import io.github.densecolorize.Progress;
import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.FolderColorizer;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.files.Trees;
import io.github.densecolorize.files.Workspace;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.open.ImageFiles;

/**
 * Kills programs in the midst of their work (kill -9) and looks at what they leave: no half file under a final name, no old file lost, and
 * nothing hidden after the next run. Each program repeats a command that replaces what the one before made, and is killed at a random moment.
 * Prints a table.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/classes:target/test-classes:$(cat target/classpath) io.github.densecolorize.cli.KillsDemo 200 1
 * </pre>
 *
 * Further arguments are names of commands, of the first column, if not all are to be killed.
 */
final class KillsDemo {

	private static final List<String> KINDS = List.of("tiff", "png", "stack", "folder", "dataset", "train", "import", "export", "csv");
	/** A program is killed within this time after its first result. */
	private static final int MOST_MILLIS = 400;
	private static final int SIDE = 160;

	private final Path folder;
	private final String kind;

	private KillsDemo(Path folder, String kind) {
		this.folder = folder;
		this.kind = kind;
	}

	public static void main(String[] args) throws Exception {
		if (args[0].equals("work")) {
			new KillsDemo(Path.of(args[2]), args[1]).work();
			return;
		}
		int kills = Integer.parseInt(args[0]);
		var random = new Random(Long.parseLong(args[1]));
		var kinds = args.length > 2 ? List.of(args).subList(2, args.length) : KINDS;
		System.out.printf("%-8s %6s %10s %6s %6s %10s%n", "command", "kills", "left some", "half", "lost", "not swept");
		var sum = new int[4];
		for (int i = 0; i < kinds.size(); i++) {
			var top = Files.createTempDirectory("dense-colorize-kills");
			try {
				var demo = new KillsDemo(top, kinds.get(i));
				demo.prepare();
				int n = kills / kinds.size() + (i < kills % kinds.size() ? 1 : 0);
				var found = demo.kill(n, random);
				System.out.printf("%-8s %6d %10d %6d %6d %10d%n", kinds.get(i), n, found[0], found[1], found[2], found[3]);
				for (int k = 0; k < sum.length; k++)
					sum[k] += found[k];
			}
			finally {
				Trees.delete(top);
			}
		}
		System.out.printf("%-8s %6d %10d %6d %6d %10d%n", "all", kills, sum[0], sum[1], sum[2], sum[3]);
		System.exit(sum[1] + sum[2] + sum[3] == 0 ? 0 : 1);
	}

	/** Two inputs of which the results differ, and all else that commands read. */
	private void prepare() throws IOException {
		TinyModel.write(Files.createDirectory(folder.resolve("in")), "tiny", "he", "ihc");
		ModelArchive.write(in("tiny"), in("tiny.zip"));
		var random = new Random(1);
		for (var name : List.of("a", "b")) {
			var stack = IJ.createImage(name, "8-bit black", SIDE, SIDE, 12);
			for (int z = 1; z <= 12; z++)
				random.nextBytes((byte[]) stack.getStack().getPixels(z));
			new FileSaver(stack).saveAsTiffStack(in(name + "-stack.tif").toString());
			Files.createDirectories(in(name + "-colour/one"));
			Files.createDirectories(in(name + "-gray"));
			for (int i = 0; i < 8; i++) {
				var pixels = new byte[SIDE * SIDE];
				random.nextBytes(pixels);
				new FileSaver(new ImagePlus("gray", new ByteProcessor(SIDE, SIDE, pixels))).saveAsTiff(in(name + "-gray/" + i + ".tif").toString());
				var argb = random.ints(SIDE * SIDE).map(c -> c | 0xff000000).toArray();
				new FileSaver(new ImagePlus("colour", new ColorProcessor(SIDE, SIDE, argb))).saveAsTiff(in(name + "-colour/one/" + i + ".tif")
					.toString());
			}
		}
		TinyDataSet.write(in("set.h5"), 20, 16);
		Files.createDirectory(folder.resolve("out"));
	}

	private Path in(String name) {
		return folder.resolve("in").resolve(name);
	}

	private Path out(String name) {
		return folder.resolve("out").resolve(name);
	}

	/** In a program of its own: the command, now with the one input, now with the other, until the end. */
	private void work() throws Exception {
		for (int i = 0;; i++) {
			run(i);
			if (i == 0) System.out.println("ready");
		}
	}

	private void run(int i) throws Exception {
		var name = i % 2 == 0 ? "a" : "b";
		switch (kind) {
			case "tiff" -> shell("colorize", in(name + "-gray/0.tif"), "-o", out("result.tif"), "--overwrite", "--model", in("tiny"), "--device", "cpu");
			case "png" -> shell("colorize", in(name + "-gray/0.tif"), "-o", out("result.png"), "--overwrite", "--model", in("tiny"), "--device", "cpu");
			case "stack" -> shell("colorize", in(name + "-stack.tif"), "-o", out("result.tif"), "--overwrite", "--model", in("tiny"), "--device", "cpu");
			case "folder" -> {
				try (var model = ColorModel.open(in("tiny"), "cpu")) {
					new FolderColorizer(model, ColorizeOptions.DEFAULT, null, "tif", true, e -> {
						throw new IllegalStateException(e);
					}).colorize(in(name + "-gray"), folder.resolve("out"), row -> {}, Progress.NONE);
				}
			}
			case "dataset" -> shell("dataset", in(name + "-colour"), "-o", out("set.h5"), "--size", 16, "--fit", "tiles", "--overwrite");
			case "train" -> shell("train", in("set.h5"), "-o", out("model"), "--preset", "compact", "--epochs", 2, "--batch", 8, "--patch", 8, "--scale", 1,
				"--device", "cpu", "--overwrite");
			case "import" -> {
				ModelArchive.read(in("tiny.zip"), folder.resolve("out"));
				Files.move(out("tiny"), out("tiny " + System.nanoTime()));
			}
			case "export" -> ModelArchive.write(in("tiny"), out(System.nanoTime() + ".zip"));
			default -> shell("measure", in(name + "-colour/one"), "--csv", out("table.csv"));
		}
	}

	private static void shell(Object... arguments) throws IOException {
		int status = Main.commandLine().setOut(new PrintWriter(Writer.nullWriter())).execute(Stream.of(arguments).map(Object::toString).toArray(
			String[]::new));
		if (status != 0) throw new IOException(List.of(arguments) + " ended with " + status);
	}

	/** @return kills that left hidden files, half files, lost files, hidden files that the next run left */
	private int[] kill(int n, Random random) throws Exception {
		var found = new int[4];
		Set<Path> leftBefore = Set.of();
		for (int k = 0; k < n; k++) {
			var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx600m", "-XX:TieredStopAtLevel=1",
				"-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", System.getProperty(
				"java.class.path"), KillsDemo.class.getName(), "work", kind, folder.toString()).redirectError(folder.resolve("err").toFile()).start();
			var said = process.inputReader();
			var line = said.readLine();
			// Libraries may say something, too.
			while (line != null && !line.equals("ready"))
				line = said.readLine();
			if (line == null) throw new IOException("the program that was to be killed has ended");
			for (var left : leftBefore)
				if (Files.exists(left)) found[3]++;
			Thread.sleep(random.nextInt(MOST_MILLIS));
			process.destroyForcibly().waitFor();
			leftBefore = hidden();
			if (!leftBefore.isEmpty()) found[0]++;
			look(found);
		}
		return found;
	}

	private Set<Path> hidden() throws IOException {
		var hidden = new HashSet<Path>();
		try (var files = Files.walk(folder.resolve("out"))) {
			files.filter(f -> f.getFileName().toString().startsWith(Workspace.PREFIX)).forEach(hidden::add);
		}
		return hidden;
	}

	private void look(int[] found) throws IOException {
		var files = new ArrayList<Path>();
		try (var all = Files.list(folder.resolve("out"))) {
			all.filter(f -> !f.getFileName().toString().startsWith(".")).forEach(files::add);
		}
		int wanted = kind.equals("folder") ? 8 : 1;
		if (files.size() < wanted) found[2]++;
		for (var file : files)
			try {
				open(file);
			}
			catch (IOException | RuntimeException e) {
				System.err.println(kind + ": " + file + ": " + e);
				found[1]++;
			}
	}

	/** As its readers do, to the end. */
	private void open(Path file) throws IOException {
		var name = file.getFileName().toString();
		if (name.endsWith(".checkpoint.npz")) return;
		if (name.endsWith(".tif") || name.endsWith(".png")) {
			int slices = kind.equals("stack") ? 12 : 1;
			var image = ImageFiles.open(file, sentence -> {});
			if (image.getStackSize() != slices || image.getWidth() != SIDE || image.getHeight() != SIDE) throw new IOException("is another image");
			// Noise has no line without light.
			for (int z = 1; z <= slices; z++)
				for (int y = 0; y < SIDE; y++) {
					long sum = 0;
					for (int x = 0; x < SIDE; x++)
						sum += image.getStack().getProcessor(z).get(x, y) & 0xffffff;
					if (sum == 0) throw new IOException("has an empty line");
				}
		}
		else if (name.endsWith(".h5")) try (var set = ColorDataSet.open(file)) {
			for (int i = 0; i < set.size(); i++)
				set.argb(i);
		}
		else if (name.endsWith(".zip")) {
			var models = Files.createTempDirectory("dense-colorize-kills");
			ModelArchive.read(file, models);
			Trees.delete(models);
		}
		else if (name.endsWith(".csv")) {
			var lines = Files.readAllLines(file);
			int columns = lines.get(0).split(",", -1).length;
			if (lines.size() != 9 || lines.stream().anyMatch(line -> line.split(",", -1).length != columns) || !Files.readString(file).endsWith("\n"))
				throw new IOException("is no whole table");
		}
		else ColorModel.open(file, "cpu").close();
	}
}
