package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.colorize.Part;
import io.github.densecolorize.spark.TaskList.Task;

public class TaskListTest {

	private static final long NEVER = Long.MAX_VALUE;

	@TempDir
	Path folder;
	private Path in;

	@BeforeEach
	void makeFolder() throws IOException {
		in = Files.createDirectory(folder.resolve("in"));
	}

	private void file(String name, int bytes) throws IOException {
		var file = in.resolve(name);
		Files.createDirectories(file.getParent());
		Files.write(file, new byte[bytes]);
	}

	private Folder hadoop(Path path) throws IOException {
		return new Folder(new Configuration(), path.toString());
	}

	private TaskList write(Path excluded, long split) throws IOException {
		return TaskList.write(hadoop(in), List.of(hadoop(excluded).path()), split, folder.resolve("list"));
	}

	private List<Task> tasks(TaskList list) throws IOException {
		var tasks = new ArrayList<Task>();
		for (var range : list.ranges())
			tasks.addAll(TaskList.read(folder.resolve(list.name()), range));
		return tasks;
	}

	private static Task whole(String in, String out) {
		return new Task(in, out, Part.WHOLE);
	}

	/** Also names that mean something in a URI, in Hadoop and in JSON. */
	@Test
	public void eachFileIsATaskInItsSubfolder() throws IOException {
		for (var name : List.of("b 100%.png", "a:b.tif", "Zellkern \u00b5 \"1\".jpg", "deep/er/c#?.tif", "deep/d.tif"))
			file(name, 3);
		var list = write(folder.resolve("out"), NEVER);
		assertEquals(5, list.files());
		assertEquals(List.of(whole("Zellkern \u00b5 \"1\".jpg", "Zellkern \u00b5 \"1\".tif"), whole("a:b.tif", "a:b.tif"), whole("b 100%.png",
			"b 100%.tif"), whole("deep/d.tif", "deep/d.tif"), whole("deep/er/c#?.tif", "deep/er/c#?.tif")), tasks(list));
		for (var task : tasks(list))
			assertTrue(Files.exists(Folder.local(hadoop(in).path(task.in()))), task.in());
	}

	@Test
	public void resultsOfOneNameKeepTheirEndings() throws IOException {
		file("a.jpg", 1);
		file("a.png", 1);
		file("sub/a.jpg", 1);
		assertEquals(List.of(whole("a.jpg", "a.jpg.tif"), whole("a.png", "a.png.tif"), whole("sub/a.jpg", "sub/a.tif")), tasks(write(folder.resolve(
			"out"), NEVER)));
	}

	@Test
	public void hiddenFilesAndTheOutputFolderAreNoInput() throws IOException {
		for (var name : List.of("a.tif", ".b.tif", "_c.tif", ".hidden/d.tif", "_table/e.tif", "out/f.tif"))
			file(name, 1);
		assertEquals(List.of(whole("a.tif", "a.tif")), tasks(write(in.resolve("out"), NEVER)));
	}

	/** Links to folders are followed, but not for ever. */
	@Test
	public void aCircleOfLinksEnds() throws IOException {
		file("sub/a.tif", 1);
		Files.createSymbolicLink(in.resolve("sub/up"), in);
		Files.createSymbolicLink(in.resolve("twice"), in.resolve("sub"));
		assertEquals(List.of("sub/a.tif", "twice/a.tif"), tasks(write(folder.resolve("out"), 100)).stream().map(Task::in).toList());
	}

	/** A name of one byte, 0xE4, which is "a" with two dots in Latin-1 and nothing in UTF-8; hidden ones are passed over all the same. */
	@Test
	public void aNameThatIsNoTextIsALineThatSaysSo() throws Exception {
		file("a.tif", 1);
		for (var name : List.of("\\344.tif", ".\\344.tif", "_\\344.tif"))
			assertEquals(0, new ProcessBuilder("sh", "-c", "touch \"$0/$(printf '" + name + "')\"", in.toString()).start().waitFor());
		var list = write(folder.resolve("out"), NEVER);
		assertEquals(2, list.files());
		var unread = tasks(list).get(1);
		assertEquals("\ufffd.tif", unread.in());
		assertEquals("its name has characters that the language setting can't express; start with LC_ALL=C.UTF-8, or rename it.", unread.unread());
	}

	/** As a single machine has them: by the bytes of their paths, in which a slash comes after a minus sign and before a letter. */
	@Test
	public void filesOfAClassAreInTheOrderOfTheirPaths() throws IOException {
		for (var name : List.of("b/x.tif", "b/a-1.tif", "b/a/1.tif", "b/aa.tif", "a-b/1.tif", "a/2.tif", "c.tif"))
			file(name, 1);
		assertEquals(List.of("c.tif", "a/2.tif", "a-b/1.tif", "b/a-1.tif", "b/a/1.tif", "b/aa.tif", "b/x.tif"), tasks(write(folder.resolve("out"), NEVER))
			.stream().map(Task::in).toList());
	}

	/** 25 bytes at 10 a part are three parts. */
	@Test
	public void largeFilesAreDivided() throws IOException {
		file("large.tif", 25);
		file("small.tif", 10);
		var list = write(folder.resolve("out"), 10);
		assertEquals(List.of(new Task("large.tif", "large.tif", new Part(0, 3)), new Task("large.tif", "large.tif", new Part(1, 3)), new Task(
			"large.tif", "large.tif", new Part(2, 3)), whole("small.tif", "small.tif")), tasks(list));
		assertEquals(4, list.ranges().size());
		assertEquals(List.of(new Task("large.tif", "large.tif", new Part(0, 3))), list.divided());
	}

	@Test
	public void whatCantBeListedIsToldInASentence() throws IOException {
		assertTrue(assertThrows(IOException.class, () -> write(folder.resolve("out"), NEVER)).getMessage().contains("holds no file"));
		file("a.tif", 1);
		assertTrue(assertThrows(IOException.class, () -> write(in, NEVER)).getMessage().contains("are the same"));
		var missing = assertThrows(IOException.class, () -> TaskList.write(hadoop(folder.resolve("none")), List.of(hadoop(in).path()), NEVER, folder.resolve(
			"list")));
		assertTrue(missing.getMessage().endsWith("none does not exist; give one with images."), missing.getMessage());
		var unknown = assertThrows(IOException.class, () -> new Folder(new Configuration(), "nowhere://host/data"));
		assertTrue(unknown.getMessage().startsWith("Folder \"nowhere://host/data\" can't be used ("), unknown.getMessage());
	}

	/** In a Java of its own that has little memory. */
	@Test
	public void aMillionFilesAreListedInLittleMemory() throws IOException, InterruptedException {
		var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx192m", "-cp", System.getProperty(
			"java.class.path"), ManyFilesDemo.class.getName(), "1000000", "20000", folder.resolve("list").toString()).redirectErrorStream(true)
				.start();
		var out = new String(process.getInputStream().readAllBytes());
		assertEquals(0, process.waitFor(), out);
		var figures = out.lines().reduce((a, b) -> b).orElse("").split(" ");
		assertEquals(1_000_000, Integer.parseInt(figures[0]), out);
		assertTrue(Integer.parseInt(figures[1]) <= TaskList.MOST_RANGES, out);
	}
}
