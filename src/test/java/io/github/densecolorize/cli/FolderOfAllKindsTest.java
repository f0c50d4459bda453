package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;

/** A folder with files of all kinds, good and bad: the good ones are done, the others listed, and nothing else is printed. */
public class FolderOfAllKindsTest {

	private static final Path FILES = Path.of("src/test/resources/files");

	@TempDir
	static Path folder;
	private static Path in;
	/** The second word of each line of list.txt. */
	private static Map<String, String> kinds;

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
	private final PrintStream out = System.out, err = System.err;

	@BeforeAll
	static void copy() throws IOException {
		TinyModel.write(folder, "tiny", "he", "ihc");
		in = Files.createDirectories(folder.resolve("all/in/sub")).getParent();
		try (var lines = Files.lines(FILES.resolve("list.txt"))) {
			kinds = lines.map(line -> line.split(" \\| ")).collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, TreeMap::new));
		}
		for (var name : kinds.keySet())
			Files.copy(FILES.resolve(name), in.resolve(name));
		Files.writeString(in.resolve("notes.txt"), "no image");
		Files.copy(FILES.resolve("tiled.tif"), in.resolve("sub/tiled.tif"));
	}

	@BeforeEach
	void listen() {
		System.setOut(new PrintStream(printed, true));
		System.setErr(new PrintStream(printed, true));
	}

	@AfterEach
	void nothingEscaped() {
		System.setOut(out);
		System.setErr(err);
		assertEquals("", printed.toString(StandardCharsets.UTF_8));
	}

	/** Channels have to be chosen. */
	private static List<String> named(boolean good) {
		return kinds.entrySet().stream().filter(e -> good != (e.getValue().equals("refused") || e.getValue().contains(" c"))).map(Map.Entry::getKey)
			.toList();
	}

	@Test
	public void isColorized() {
		var done = Shell.run("colorize", "--model", folder.resolve("tiny"), "--device", "cpu", in, "-o", folder.resolve("colour"));
		var colorized = done.out().lines().filter(line -> line.contains(" -> ")).map(line -> in.relativize(Path.of(line.substring(0, line.indexOf(
			" -> ")))).toString()).collect(Collectors.toCollection(TreeSet::new));
		var expected = new TreeSet<>(named(true));
		expected.add(Path.of("sub", "tiled.tif").toString());
		assertEquals(expected, colorized);
		int failed = named(false).size();
		// Those, the one that was left out, and the sum.
		assertEquals(expected.size() + 2, done.out().lines().count());
		assertEquals(kinds.size() + 2 + " files: " + expected.size() + " colorized, 0 there already, 1 left out, " + failed + " failed.", done.out().lines().reduce("", (a,
			b) -> b));
		assertEquals(failed, done.errors().size(), done.err());
		for (var name : named(false))
			assertTrue(done.err().contains(in.resolve(name).toString()), name);
		assertEquals(1, done.status());
		var again = Shell.run("colorize", "--model", folder.resolve("tiny"), "--device", "cpu", in, "-o", folder.resolve("colour"));
		assertEquals(kinds.size() + 2 + " files: 0 colorized, " + expected.size() + " there already, 1 left out, " + failed + " failed.", again.out()
			.lines().reduce("", (a, b) -> b));
	}

	@Test
	public void isMeasured() {
		var done = Shell.run("measure", in);
		var rows = done.out().lines().toList();
		assertTrue(rows.size() > named(true).size(), done.out());
		int columns = MeasureCommand.COLUMNS.size();
		for (var row : rows)
			assertEquals(columns, row.split(",", -1).length, row);
		for (var name : named(false))
			assertTrue(done.err().contains(name), name);
		assertEquals(1, done.status());
	}

	@Test
	public void becomesADataSet() {
		var done = Shell.run("dataset", in.getParent(), "-o", folder.resolve("set.h5"), "--size", "32");
		for (var name : named(false))
			assertTrue(done.err().contains(name), name);
		assertTrue(done.out().contains("images of 32 pixels"), done.out() + done.err());
		assertEquals(1, done.status());
	}
}
