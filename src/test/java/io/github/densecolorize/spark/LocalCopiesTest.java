package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.open.ImageFile;

public class LocalCopiesTest {

	/** The local disk, as a file system that is not local; like most, it does not rename to a name that is there. */
	public static final class Remote extends RawLocalFileSystem {

		/** How many bytes have been read of its files so far. */
		static long bytesRead() {
			var statistics = FileSystem.getGlobalStorageStatistics().get("remote");
			return statistics == null ? 0 : statistics.getLong("bytesRead");
		}

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
			there = parts(first, "stack.tif").path();
			assertEquals(there, parts(second, "stack.tif").path());
			assertEquals("File remote:" + folder + "/stack.tif is damaged.", second.named("File " + there + " is damaged."));
			try (var other = new LocalCopies()) {
				assertNotEquals(there, parts(other, "other.tif").path());
			}
			assertTrue(Files.exists(there));
		}
		try (var third = new LocalCopies()) {
			assertEquals(there, parts(third, "stack.tif").path());
		}
		try (var other = new LocalCopies()) {
			parts(other, "other.tif");
			assertFalse(Files.exists(there));
		}
		try (var copies = new LocalCopies()) {
			assertEquals(ImageFile.of(folder.resolve("stack.tif")), copies.fetchParts(local, local.path("stack.tif")));
		}
	}

	private ImageFile parts(LocalCopies copies, String name) throws IOException {
		return copies.fetchParts(remote, remote.path(name));
	}

	/** In blocks of 256 KB, each once; whoever has read several one after the other gets as many more at once. */
	@Test
	public void ofADividedFileOnlyThePartsAreReadThatAreNeeded() throws IOException {
		int block = 1 << 18;
		var content = new byte[11 * block + 100];
		new Random(1).nextBytes(content);
		Files.write(folder.resolve("stack.tif"), content);
		long before = Remote.bytesRead();
		try (var first = new LocalCopies(); var second = new LocalCopies()) {
			var file = parts(first, "stack.tif");
			assertEquals(content.length, Files.size(file.path()));
			assertEquals(before, Remote.bytesRead());
			file.arrival().await(2 * block + 5, 10);
			assertEquals(before + block, Remote.bytesRead());
			parts(second, "stack.tif").arrival().await(2 * block, 2 * block);
			assertEquals(before + 2 * block, Remote.bytesRead());
			file.arrival().await(4 * block, 1);
			assertEquals(before + 4 * block, Remote.bytesRead());
			assertArrayEquals(Arrays.copyOfRange(content, 2 * block, 6 * block), Arrays.copyOfRange(Files.readAllBytes(file.path()), 2 * block, 6 * block));
			file.arrival().await(0, content.length);
			assertEquals(before + content.length, Remote.bytesRead());
			assertArrayEquals(content, Files.readAllBytes(file.path()));
			first.requireArrived();
		}
	}

	/** The file is there again when the task is tried again. */
	@Test
	public void aPartThatDoesNotArriveIsRememberedByItsTask() throws IOException {
		var content = new byte[1000];
		Arrays.fill(content, (byte) 7);
		var file = Files.write(folder.resolve("stack.tif"), content);
		try (var copies = new LocalCopies(); var again = new LocalCopies()) {
			var parts = parts(copies, "stack.tif");
			Files.write(file, new byte[10]);
			var trouble = assertThrows(TransientException.class, () -> parts.arrival().await(0, 1000));
			assertTrue(trouble.getMessage().startsWith("File remote:" + file + " can't be read ("), trouble.getMessage());
			assertEquals(trouble, assertThrows(TransientException.class, copies::requireArrived));
			Files.write(file, content);
			parts(again, "stack.tif").arrival().await(0, 1000);
			again.requireArrived();
			assertArrayEquals(content, Files.readAllBytes(parts.path()));
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
