package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class LocalCopyTest {

	/** The local disk, as a file system that is not local; like most, it does not rename to a name that is there. */
	public static final class Remote extends RawLocalFileSystem {

		@Override
		public URI getUri() {
			return URI.create("remote:///");
		}

		@Override
		public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
			return !exists(to) && super.rename(from, to);
		}

		@Override
		public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
			var status = super.getFileStatus(path);
			status.setPath(path.makeQualified(getUri(), getWorkingDirectory()));
			return status;
		}
	}

	@TempDir
	Path folder;
	private Folder local, remote;

	@BeforeEach
	void open() throws IOException {
		var hadoop = new Configuration();
		hadoop.set("fs.remote.impl", Remote.class.getName());
		local = new Folder(hadoop, folder.toString());
		remote = new Folder(hadoop, "remote://" + folder);
	}

	@Test
	public void localFilesAreUsedWhereTheyAre() throws IOException {
		var file = Files.writeString(folder.resolve("a.tif"), "a");
		try (var copy = LocalCopy.of(local, local.path("a.tif"))) {
			assertEquals(file, copy.file());
		}
		assertTrue(Files.exists(file));
	}

	@Test
	public void othersAreCopiedUnderTheirNameForAsLongAsNeeded() throws IOException {
		var file = Files.writeString(folder.resolve("a 1.tif"), "a");
		Path there;
		try (var copy = LocalCopy.of(remote, remote.path("a 1.tif"))) {
			there = copy.file();
			assertNotEquals(file, there);
			assertEquals("a 1.tif", there.getFileName().toString());
			assertEquals("a", Files.readString(there));
		}
		assertFalse(Files.exists(there.getParent()));
		assertTrue(Files.exists(file));
	}

	@Test
	public void aResultIsBroughtToANewFolder() throws IOException {
		bring("deep/out.tif", "result", false);
		assertEquals("result", Files.readString(folder.resolve("deep/out.tif")));
		assertOneFile(folder.resolve("deep"));
	}

	/** Another attempt at the same task was sooner. */
	@Test
	public void theFirstOfTwoAttemptsStays() throws IOException {
		bring("out.tif", "first", false);
		bring("out.tif", "second", false);
		assertEquals("first", Files.readString(folder.resolve("out.tif")));
		assertOneFile(folder);
	}

	@Test
	public void overwritingTakesTheLast() throws IOException {
		bring("out.tif", "first", true);
		bring("out.tif", "second", true);
		assertEquals("second", Files.readString(folder.resolve("out.tif")));
		assertOneFile(folder);
	}

	private void bring(String name, String content, boolean overwrite) throws IOException {
		try (var made = LocalCopy.toMake(remote, remote.path(name))) {
			Files.writeString(made.file(), content);
			made.bring(remote, remote.path(name), overwrite, ".hidden");
		}
	}

	private static void assertOneFile(Path folder) throws IOException {
		try (var files = Files.list(folder)) {
			assertEquals(1, files.filter(file -> !file.toString().endsWith(".crc")).count());
		}
	}
}
