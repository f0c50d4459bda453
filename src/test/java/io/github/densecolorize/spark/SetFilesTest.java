package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.data.ShardIndex;

public class SetFilesTest {

	@TempDir
	private Path folder;
	private SetFiles files, inStore;

	@BeforeEach
	public void open() throws IOException {
		var hadoop = new Configuration();
		hadoop.set("fs.store.impl", LocalCopiesTest.Store.class.getName());
		files = new SetFiles(new Folder(hadoop, folder.toString()), "set.h5");
		inStore = new SetFiles(new Folder(hadoop, "store://" + folder), "set.h5");
	}

	private static List<SetPlan.Shard> shards(int n) {
		return IntStream.rangeClosed(1, n).mapToObj(i -> new SetPlan.Shard(new ShardIndex(i, i == n, new int[0], new int[0], new byte[0], List.of(""), new int[0]), List.of())).toList();
	}

	/** Writes the number of each shard, and how many there are. */
	private SetFiles.Writer writer(int n) {
		return shards -> shards.stream().map(named -> {
			var name = named.name() == null ? ".made-" + n + "-" + named.shard().index().number() : named.name();
			try {
				Files.writeString(folder.resolve(name), n + ", " + named.shard().index().number());
			}
			catch (IOException e) {
				throw new UncheckedIOException(e);
			}
			return name;
		}).toList();
	}

	private List<String> names() throws IOException {
		try (var there = Files.list(folder)) {
			return there.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	public void aSetReplacesAnotherAsAWhole() throws IOException {
		for (var set : List.of(files, inStore))
			for (int n : new int[] { 3, 1, 2 }) {
				var put = set.write(shards(n), true, writer(n));
				assertEquals(n == 1 ? List.of("set.h5") : List.of("set-001.h5", "set-002.h5", "set-003.h5").subList(0, n), names());
				assertEquals(names(), put.stream().map(org.apache.hadoop.fs.Path::getName).toList());
				for (int i = 1; i <= n; i++)
					assertEquals(n + ", " + i, Files.readString(folder.resolve(names().get(i - 1))));
			}
	}

	/** A set whose first file is not there can't be opened, so that nobody reads half of one. */
	@Test
	public void inAStoreTheFirstFileComesLast() throws IOException {
		inStore.write(shards(2), true, writer(2));
		var seen = new ArrayList<List<String>>();
		inStore.write(shards(3), true, shards -> {
			try {
				seen.add(names());
			}
			catch (IOException e) {
				throw new UncheckedIOException(e);
			}
			return writer(3).write(shards);
		});
		assertEquals(List.of(List.of(), List.of("set-002.h5", "set-003.h5")), seen);
	}

	@Test
	public void aSetThatIsThereStays() throws IOException {
		files.write(shards(2), false, writer(2));
		for (var set : List.of(files, inStore)) {
			var refusal = assertThrows(IOException.class, () -> set.write(shards(1), false, writer(1))).getMessage();
			assertTrue(refusal.endsWith("set-001.h5 exists; choose another name, or overwrite."), refusal);
			assertEquals("2, 1", Files.readString(folder.resolve("set-001.h5")));
			assertEquals("2, 2", Files.readString(folder.resolve("set-002.h5")));
			assertFalse(names().contains("set.h5"));
		}
	}

	@Test
	public void aFolderIsNoSet() throws IOException {
		Files.createDirectory(folder.resolve("set.h5"));
		var refusal = assertThrows(IOException.class, () -> files.check(true)).getMessage();
		assertTrue(refusal.endsWith("set.h5 is a folder; give another name."), refusal);
	}
}
