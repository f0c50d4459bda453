package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.colorize.FolderHints;

public class FileJobTest {

	@TempDir
	private Path folder;

	@Test
	public void aFolderStandsForItsFiles() throws IOException {
		var in = Files.createDirectory(folder.resolve("in"));
		for (var name : List.of("b.png", "a.tif", ".hidden"))
			Files.createFile(in.resolve(name));
		Files.createFile(Files.createDirectory(in.resolve("sub")).resolve("c.tif"));
		var out = folder.resolve("out");
		assertEquals(List.of(new FileJob(in.resolve("a.tif"), Path.of("a.tif"), out.resolve("a.tif"), true), new FileJob(in.resolve("b.png"), Path.of("b.png"), out.resolve("b.tif"), false), new FileJob(in.resolve("sub/c.tif"), Path.of("sub", "c.tif"), out.resolve("sub/c.tif"),
			false)), of(List.of(in, in.resolve("a.tif")), out.toString()));
	}

	@Test
	public void oneFileGoesToAFileOrIntoAFolder() throws IOException {
		var a = folder.resolve("a.jpg");
		assertEquals(List.of(new FileJob(a, a.getFileName(), folder.resolve("b.PNG"), true)), of(List.of(a), folder.resolve("b.PNG").toString()));
		assertEquals(List.of(new FileJob(a, a.getFileName(), folder.resolve("a.tif"), true)), of(List.of(a), folder.toString()));
		assertEquals(List.of(new FileJob(a, a.getFileName(), folder.resolve("new/a.tif"), true)), of(List.of(a), folder + "/new/"));
	}

	@Test
	public void whatDoesNotFitTogetherIsRefused() throws IOException {
		var a = folder.resolve("a.jpg");
		var file = Files.createFile(folder.resolve("file.tif"));
		assertTrue(message(List.of(a), folder.resolve("b.gif")).contains(".tif or .png"));
		assertTrue(message(List.of(a, a), file).contains("folder"));
		assertTrue(message(List.of(a, a), folder.resolve("new.tif")).contains("folder"));
	}

	private static List<FileJob> of(List<Path> in, String out) throws IOException {
		return FileJob.of(in, out, FolderHints.of("none"), left -> {});
	}

	private static String message(List<Path> in, Path out) {
		return assertThrows(IllegalArgumentException.class, () -> of(in, out.toString())).getMessage();
	}
}
