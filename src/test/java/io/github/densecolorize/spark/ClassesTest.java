package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ClassesTest {

	@TempDir
	private Path folder;

	private Classes classes() throws IOException {
		var in = new Folder(new Configuration(), folder.toString());
		return Classes.of(in, in.path("tables"));
	}

	@Test
	public void eachSubfolderIsOne() throws IOException {
		for (var name : List.of("b", "a", "a-b", ".hidden", "_table", "tables"))
			Files.createDirectories(folder.resolve(name).resolve("inner"));
		Files.createFile(folder.resolve("loose.png"));
		var classes = classes();
		assertEquals(new Classes(List.of("a", "a-b", "b"), false, 1), classes);
		assertEquals(1, classes.label("a-b/inner/1.png"));
		assertEquals(Classes.NONE, classes.label("loose.png"));
	}

	@Test
	public void aFolderWithoutIsOne() throws IOException {
		Files.createFile(folder.resolve("1.png"));
		var classes = classes();
		assertEquals(new Classes(List.of(folder.getFileName().toString()), true, 0), classes);
		assertEquals(0, classes.label("1.png"));
	}
}
