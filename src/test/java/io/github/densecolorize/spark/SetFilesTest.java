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

public class SetFilesTest {

	@TempDir
	private Path folder;
	private SetFiles files;

	@BeforeEach
	public void open() throws IOException {
		files = new SetFiles(new Folder(new Configuration(), folder.toString()), "set.h5");
	}

	private List<String> made(int n) throws IOException {
		var made = new ArrayList<String>();
		for (int i = 1; i <= n; i++) {
			made.add(".made-" + n + "-" + i);
			Files.writeString(folder.resolve(made.get(i - 1)), n + ", " + i);
		}
		return made;
	}

	private List<String> names() throws IOException {
		try (var there = Files.list(folder)) {
			return there.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	public void aSetReplacesAnotherAsAWhole() throws IOException {
		for (int n : new int[] { 3, 1, 2 }) {
			var put = files.put(made(n), true);
			assertEquals(n == 1 ? List.of("set.h5") : List.of("set-001.h5", "set-002.h5", "set-003.h5").subList(0, n), names());
			assertEquals(names(), put.stream().map(org.apache.hadoop.fs.Path::getName).toList());
			for (int i = 1; i <= n; i++)
				assertEquals(n + ", " + i, Files.readString(folder.resolve(names().get(i - 1))));
		}
	}

	@Test
	public void aSetThatIsThereStays() throws IOException {
		files.put(made(2), false);
		var refusal = assertThrows(IOException.class, () -> files.put(made(1), false)).getMessage();
		assertTrue(refusal.endsWith("set-001.h5 exists; choose another name, or overwrite."), refusal);
		assertEquals(List.of(".made-1-1", "set-001.h5", "set-002.h5"), names());
	}

	@Test
	public void aFolderIsNoSet() throws IOException {
		Files.createDirectory(folder.resolve("set.h5"));
		var refusal = assertThrows(IOException.class, () -> files.check(true)).getMessage();
		assertTrue(refusal.endsWith("set.h5 is a folder; give another name."), refusal);
	}
}
