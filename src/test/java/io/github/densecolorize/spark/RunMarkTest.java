package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class RunMarkTest {

	private static final String DEAD = ".dense-colorize-run-1", PART = ".dense-colorize-part-key-0-of-2-a.tif";

	@TempDir
	Path folder;
	private final Configuration hadoop = new Configuration();
	private Folder local, remote, store;

	@BeforeEach
	void open() throws IOException {
		hadoop.set("fs.remote.impl", LocalCopiesTest.Remote.class.getName());
		hadoop.set("fs.store.impl", LocalCopiesTest.Store.class.getName());
		local = new Folder(hadoop, folder.toString());
		remote = new Folder(hadoop, "remote://" + folder);
		store = new Folder(hadoop, "store://" + folder);
	}

	/** What a killed run leaves: its mark, a result that was being sent, the images of a data set, and a part of a stack. */
	private void leave(Duration age) throws IOException {
		Files.createDirectories(folder.resolve("sub"));
		for (var name : List.of(DEAD + ".mark", DEAD + "-7.images", "sub/" + DEAD + "-8", "sub/" + PART, "sub/a.tif"))
			Files.setLastModifiedTime(Files.writeString(folder.resolve(name), "left"), FileTime.from(Instant.now().minus(age)));
	}

	private Set<String> names() throws IOException {
		var names = new TreeSet<String>();
		try (var files = Files.walk(folder)) {
			files.filter(Files::isRegularFile).forEach(file -> names.add(folder.relativize(file).toString()));
		}
		return names;
	}

	/** Nobody holds the lock of the mark, so that the run is dead however young it is; but the part may be of use. */
	@Test
	public void onALocalDiskALockTellsTheDead() throws IOException {
		leave(Duration.ZERO);
		// Hadoop's checksum.
		Files.writeString(folder.resolve("." + DEAD + "-7.images.crc"), "left");
		try (var mark = new RunMark(local, true)) {
			mark.set();
			assertTrue(names().contains(mark.prefix() + ".mark"));
		}
		assertEquals(Set.of("sub/a.tif", "sub/" + PART), names());
	}

	@Test
	public void elsewhereTheDeadAreOlderThanADay() throws IOException {
		for (var place : List.of(remote, store)) {
			leave(Duration.ofHours(23));
			var there = names();
			try (var mark = new RunMark(place, true)) {
				mark.set();
			}
			assertEquals(there, names());
			leave(Duration.ofHours(25));
			try (var mark = new RunMark(place, true)) {
				mark.set();
			}
			assertEquals(Set.of("sub/a.tif"), names());
		}
	}

	/** Two runs at once, the first of which has written something. */
	@Test
	public void aRunThatGoesOnIsLeftAlone() throws IOException {
		for (var place : List.of(local, remote, store)) {
			var first = new RunMark(place, false);
			first.set();
			Files.writeString(folder.resolve(first.prefix() + "-1.images"), "images");
			try (var second = new RunMark(place, false)) {
				second.set();
			}
			assertTrue(names().containsAll(List.of(first.prefix() + ".mark", first.prefix() + "-1.images")), names()::toString);
			first.close();
			assertEquals(Set.of(), names());
		}
	}

	@Test
	public void aFileIsNoFolder() throws IOException {
		Files.writeString(folder.resolve("out"), "a file");
		for (var place : List.of(local, remote)) {
			var out = new Folder(hadoop, place + "/out");
			var refusal = assertThrows(IOException.class, () -> new RunMark(out, false).set()).getMessage();
			assertEquals("Output folder " + out + " can't be made (it is a file); choose another, or change the permissions.", refusal);
		}
	}
}
