package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class LocalCopiesTest {

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

	/** A file system like S3: it can't rename, and a file appears when its stream is closed, unless it was abandoned. */
	public static final class Store extends RawLocalFileSystem {

		@Override
		public URI getUri() {
			return URI.create("store:///");
		}

		@Override
		public boolean hasPathCapability(org.apache.hadoop.fs.Path path, String capability) throws IOException {
			return capability.equals(CommonPathCapabilities.ABORTABLE_STREAM) || super.hasPathCapability(path, capability);
		}

		@Override
		public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) {
			throw new AssertionError("a store copies what it renames");
		}

		@Override
		public FSDataOutputStream create(org.apache.hadoop.fs.Path file, FsPermission permission, boolean overwrite, int buffer, short replication,
			long block, Progressable progress) throws IOException
		{
			var path = Path.of(file.toUri().getPath());
			Files.createDirectories(path.getParent());
			return new FSDataOutputStream(new Upload(path), null);
		}
	}

	private static final class Upload extends ByteArrayOutputStream implements Abortable, StreamCapabilities {

		private final Path file;
		private boolean aborted;

		Upload(Path file) {
			this.file = file;
		}

		@Override
		public AbortableResult abort() {
			aborted = true;
			return null;
		}

		@Override
		public boolean hasCapability(String capability) {
			return capability.equals(StreamCapabilities.ABORTABLE_STREAM);
		}

		@Override
		public void close() throws IOException {
			if (!aborted) Files.write(file, toByteArray());
		}
	}

	@TempDir
	Path folder;
	private Folder local, remote, store;

	@BeforeEach
	void open() throws IOException {
		var hadoop = new Configuration();
		hadoop.set("fs.remote.impl", Remote.class.getName());
		hadoop.set("fs.store.impl", Store.class.getName());
		local = new Folder(hadoop, folder.toString());
		remote = new Folder(hadoop, "remote://" + folder);
		store = new Folder(hadoop, "store://" + folder);
	}

	@Test
	public void localFilesAreUsedWhereTheyAre() throws IOException {
		var file = Files.writeString(folder.resolve("a.tif"), "a");
		try (var copies = new LocalCopies()) {
			assertEquals(file, copies.fetch(local, local.path("a.tif")));
			assertEquals("File " + file + " is damaged.", copies.named("File " + file + " is damaged."));
		}
		assertTrue(Files.exists(file));
	}

	@Test
	public void othersAreCopiedUnderTheirNameForAsLongAsNeeded() throws IOException {
		for (var name : List.of("a 1.tif", "\u00e4 100%+#:?.tif")) {
			var file = Files.writeString(folder.resolve(name), name);
			Path there;
			try (var copies = new LocalCopies()) {
				there = copies.fetch(remote, remote.path(name));
				assertNotEquals(file, there);
				assertEquals(name, there.getFileName().toString());
				assertEquals(name, Files.readString(there));
				assertEquals("File remote:" + file + " is damaged.", copies.named("File " + there + " is damaged."));
			}
			assertFalse(Files.exists(there.getParent()));
			assertTrue(Files.exists(file));
		}
	}

	/** Two tasks at once, then a third, then one that needs another file. */
	@Test
	public void tasksShareTheCopyOfADividedFile() throws IOException {
		Files.writeString(folder.resolve("stack.tif"), "a");
		Files.writeString(folder.resolve("other.tif"), "b");
		Path there;
		try (var first = new LocalCopies(); var second = new LocalCopies()) {
			there = first.fetchShared(remote, remote.path("stack.tif"));
			assertEquals("a", Files.readString(there));
			assertEquals(there, second.fetchShared(remote, remote.path("stack.tif")));
			assertEquals("File remote:" + folder + "/stack.tif is damaged.", second.named("File " + there + " is damaged."));
			try (var other = new LocalCopies()) {
				assertEquals("b", Files.readString(other.fetchShared(remote, remote.path("other.tif"))));
			}
			assertTrue(Files.exists(there));
		}
		try (var third = new LocalCopies()) {
			assertEquals(there, third.fetchShared(remote, remote.path("stack.tif")));
		}
		try (var other = new LocalCopies()) {
			other.fetchShared(remote, remote.path("other.tif"));
			assertFalse(Files.exists(there));
		}
	}

	@Test
	public void aResultIsBroughtToANewFolder() throws IOException {
		for (var to : List.of(remote, store)) {
			bring(to, "deep/out.tif", "result", false);
			assertEquals("result", Files.readString(folder.resolve("deep/out.tif")));
			assertOneFile(folder.resolve("deep"));
			Files.delete(folder.resolve("deep/out.tif"));
		}
	}

	/** Another attempt at the same task was sooner. */
	@Test
	public void theFirstOfTwoAttemptsStays() throws IOException {
		bring(remote, "out.tif", "first", false);
		bring(remote, "out.tif", "second", false);
		assertEquals("first", Files.readString(folder.resolve("out.tif")));
		assertOneFile(folder);
	}

	@Test
	public void overwritingTakesTheLast() throws IOException {
		for (var to : List.of(remote, store)) {
			bring(to, "out.tif", "first", true);
			bring(to, "out.tif", "second", true);
			assertEquals("second", Files.readString(folder.resolve("out.tif")));
			assertOneFile(folder);
		}
	}

	/** What was to be sent is not there any more. */
	@Test
	public void whatCantBeSentLeavesNothing() throws IOException {
		for (var to : List.of(remote, store))
			try (var copies = new LocalCopies()) {
				var made = copies.toMake(to, to.path("out.tif"));
				assertThrows(IOException.class, () -> LocalCopies.bring(made, to, to.path("out.tif"), false, ".hidden"));
				try (var files = Files.list(folder)) {
					assertEquals(0, files.count());
				}
			}
	}

	/** A file that is not there is refused for good; a server that can't be reached is not. */
	@Test
	public void whatMayPassIsToldApart() throws IOException {
		try (var copies = new LocalCopies()) {
			var missing = assertThrows(IOException.class, () -> copies.fetch(remote, remote.path("none.tif")));
			assertFalse(missing instanceof TransientException);
			assertTrue(missing.getMessage().startsWith("File remote:" + folder + "/none.tif can't be read ("), missing.getMessage());
		}
		assertTrue(Trouble.mayPass(new SocketTimeoutException("Read timed out")));
		assertTrue(Trouble.mayPass(new IOException("503 Slow Down")));
		assertFalse(Trouble.mayPass(new java.nio.file.AccessDeniedException("403 Forbidden")));
		assertFalse(Trouble.mayPass(new IllegalArgumentException("a name with a colon")));
	}

	private static void bring(Folder to, String name, String content, boolean overwrite) throws IOException {
		var target = to.path(name);
		try (var copies = new LocalCopies()) {
			var made = copies.toMake(to, target);
			Files.writeString(made, content);
			LocalCopies.bring(made, to, target, overwrite, ".hidden");
		}
	}

	private static void assertOneFile(Path folder) throws IOException {
		try (var files = Files.list(folder)) {
			assertEquals(1, files.filter(file -> !file.toString().endsWith(".crc")).count());
		}
	}
}
