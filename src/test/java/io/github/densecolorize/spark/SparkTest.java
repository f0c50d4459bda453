package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.io.FileSaver;

import io.github.densecolorize.TinyModel;

/** The application, in a Java of its own that has Spark as {@code src/spark/pom.xml} gives it: two tasks at a time on this machine. */
public class SparkTest {

	private static final Path SPARK = Path.of("target/spark/jars").toAbsolutePath();

	@TempDir
	static Path shared;
	private static Path model;

	@TempDir
	Path folder;
	private Path in, out;

	/**
	 * @param status exit status
	 * @param said on both outputs
	 */
	private record Run(int status, String said) {

		/** The rows of the table that it made, their cells with bars between. */
		List<String> table(String columns) throws Exception {
			var path = said.substring(said.indexOf("Table: ") + 7).lines().findFirst().orElseThrow();
			var shown = start(ShowTable.class, path, columns);
			assertEquals(0, shown.status, shown.said);
			return shown.said.lines().filter(line -> line.startsWith("row ")).map(line -> line.substring(4)).toList();
		}
	}

	@BeforeAll
	static void prepare() throws Exception {
		model = TinyModel.write(shared, "tiny", "he", "ihc");
		if (Files.exists(SPARK)) return;
		var repository = Optional.ofNullable(System.getProperty("localRepository")).map(path -> "-Dmaven.repo.local=" + path);
		var command = Stream.of(Stream.of("mvn", "-B", "-q", "-f", "src/spark/pom.xml"), repository.stream(), Stream.of(
			"dependency:copy-dependencies", "-DoutputDirectory=" + SPARK + ".part")).flatMap(s -> s).toList();
		assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), () -> String.join(" ", command));
		Files.move(Path.of(SPARK + ".part"), SPARK);
	}

	/** A colour image, gray ones in a subfolder, a stack, a damaged image, a text, and a folder that can't be written. */
	private void makeFolder() throws IOException {
		in = folder.resolve("in");
		out = folder.resolve("out");
		Files.createDirectories(in.resolve("sub"));
		Files.createDirectories(in.resolve("blocked"));
		new FileSaver(IJ.createImage("a", "RGB ramp", 60, 50, 1)).saveAsPng(in.resolve("a b.png").toString());
		new FileSaver(IJ.createImage("c", "16-bit ramp", 33, 70, 1)).saveAsTiff(in.resolve("sub/c.tif").toString());
		new FileSaver(IJ.createImage("d", "8-bit ramp", 40, 40, 5)).saveAsTiffStack(in.resolve("sub/d.tif").toString());
		new FileSaver(IJ.createImage("e", "8-bit ramp", 40, 40, 1)).saveAsTiff(in.resolve("blocked/e.tif").toString());
		Files.writeString(in.resolve("damaged.tif"), "no image");
		Files.writeString(in.resolve("notes.txt"), "no image");
		// Also who may do everything can't make a folder where a file is.
		Files.createDirectory(out);
		Files.writeString(out.resolve("blocked"), "a file");
	}

	@Test
	public void aFolderIsColorizedAndMeasuredAsOnOneMachine() throws Exception {
		makeFolder();
		var first = run("colorize", in, "-o", out, "--model", model);
		assertEquals(1, first.status, first.said);
		assertTrue(first.said.contains("6 files: 3 colorized, 0 there already, 1 left out, 2 failed.\n3 colorized, 2 failed, 1 skipped. Table: "), first.said);
		assertTrue(first.said.contains("\nblocked/e.tif: Output folder " + out.resolve("blocked") +
			" can't be written (a file of this name is there);"), first.said);
		assertTrue(first.said.contains("\ndamaged.tif: File "), first.said);
		assertEquals(List.of("a b.png|a b.tif|colorized|1|1|60|50|cpu|false", "blocked/e.tif|blocked/e.tif|failed|null|null|null|null|cpu|true",
			"damaged.tif|damaged.tif|failed|null|null|null|null|cpu|true", "notes.txt|notes.tif|skipped|null|null|null|null|cpu|false",
			"sub/c.tif|sub/c.tif|colorized|1|1|33|70|cpu|false", "sub/d.tif|sub/d.tif|colorized|1|5|40|40|cpu|false"), first.table(
				"file,output,status,slice,slices,width,height,device,error is not null"));
		for (var name : List.of("a b", "sub/c", "sub/d")) {
			var alone = folder.resolve("alone.tif");
			var source = Files.exists(in.resolve(name + ".tif")) ? in.resolve(name + ".tif") : in.resolve(name + ".png");
			assertEquals(0, io.github.densecolorize.cli.Main.commandLine(new io.github.densecolorize.cli.Main()).execute("colorize", source.toString(),
				"-o", alone.toString(), "--model", model.toString(), "--overwrite"));
			assertArrayEquals(Files.readAllBytes(alone), Files.readAllBytes(out.resolve(name + ".tif")), name);
		}
		assertNothingHidden();

		Files.delete(out.resolve("blocked"));
		Files.delete(in.resolve("damaged.tif"));
		// As a run leaves it that was killed.
		for (var left : List.of(".dense-colorize-local-1.tasks", ".dense-colorize-local-1-7", "sub/.dense-colorize-local-1-8"))
			Files.writeString(out.resolve(left), "left");
		var second = run("colorize", in, "-o", out, "--model", model);
		assertEquals(0, second.status, second.said);
		assertTrue(second.said.contains("5 files: 1 colorized, 3 there already, 1 left out, 0 failed.\n1 colorized, 4 skipped. Table: "), second.said);
		assertNothingHidden();

		var measured = run("measure", in, out);
		assertEquals(0, measured.status, measured.said);
		assertTrue(measured.said.contains("5 files: 4 measured, 0 there already, 1 left out, 0 failed.\n8 measured, 1 skipped. Table: "), measured.said);
		var rows = measured.table("file,slice,max_dL < 0.3,Info_loss > 0,error is null");
		assertTrue(rows.contains("sub/d.tif|5|true|true|true"), rows.toString());
	}

	/** Parts of a stack, and a file system that is not the local one. */
	@Test
	public void aStackIsDividedAmongTasks() throws Exception {
		in = Files.createDirectories(folder.resolve("in"));
		out = folder.resolve("out");
		// 3 MB, more than the smallest part.
		new FileSaver(IJ.createImage("stack", "8-bit ramp", 200, 150, 100)).saveAsTiffStack(in.resolve("stack.tif").toString());
		assertEquals(0, run("colorize", in, "-o", folder.resolve("whole"), "--model", model).status);
		for (var scheme : List.of("", "remote://")) {
			var parts = run("colorize", scheme + in, "-o", scheme + out, "--model", model, "--split", 1, "--overwrite");
			assertEquals(0, parts.status, parts.said);
			assertTrue(parts.said.contains("1 files: 1 colorized, 0 there already, 0 left out, 0 failed.\n5 colorized. Table: "), parts.said);
			assertArrayEquals(Files.readAllBytes(folder.resolve("whole/stack.tif")), Files.readAllBytes(out.resolve("stack.tif")), scheme);
			assertNothingHidden();
		}
	}

	@Test
	public void aWrongCommandIsToldInASentence() throws Exception {
		in = Files.createDirectories(folder.resolve("in"));
		var nothing = run("colorize", in, "-o", folder.resolve("out"), "--model", model);
		assertEquals(1, nothing.status);
		assertTrue(nothing.said.contains("Folder file:" + in + " holds no file; choose one with images."), nothing.said);
		assertTrue(run("colorize", in, "-o", folder.resolve("out"), "--split", 0).said.contains("split is 0; must be 1 megabyte or more."));
	}

	/** What tasks and drivers leave while they work. */
	private void assertNothingHidden() throws IOException {
		try (var files = Files.walk(out)) {
			assertEquals(List.of(), files.filter(f -> f.getFileName().toString().startsWith(".dense")).toList());
		}
	}

	private static Run run(Object... arguments) throws Exception {
		return start(Main.class, arguments);
	}

	private static Run start(Class<?> main, Object... arguments) throws Exception {
		var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
		command.addAll(opened());
		var own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(path -> !Path.of(path).getFileName()
			.toString().startsWith("slf4j")).collect(Collectors.joining(File.pathSeparator));
		command.addAll(List.of("-cp", SPARK + File.separator + "*" + File.pathSeparator + own, "-Dspark.master=local[2]", "-Dspark.ui.enabled=false",
			"-Dspark.driver.host=127.0.0.1", "-Dspark.driver.bindAddress=127.0.0.1", "-Dspark.log.level=WARN", "-Dspark.hadoop.fs.remote.impl=" +
				LocalCopyTest.Remote.class.getName(), main.getName()));
		Arrays.stream(arguments).map(Object::toString).forEach(command::add);
		var process = new ProcessBuilder(command).redirectErrorStream(true).start();
		var said = new String(process.getInputStream().readAllBytes());
		return new Run(process.waitFor(), said);
	}

	/** What Spark's launcher opens of Java's modules. */
	private static List<String> opened() throws Exception {
		try (var jars = Files.list(SPARK)) {
			var launcher = jars.filter(jar -> jar.getFileName().toString().startsWith("spark-launcher")).findFirst().orElseThrow();
			try (var loader = new URLClassLoader(new URL[] { launcher.toUri().toURL() })) {
				return List.of((String[]) loader.loadClass("org.apache.spark.launcher.JavaModuleOptions").getMethod("defaultModuleOptionArray").invoke(
					null));
			}
		}
	}
}
