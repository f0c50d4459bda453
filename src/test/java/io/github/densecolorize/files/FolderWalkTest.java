package io.github.densecolorize.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class FolderWalkTest {

	@TempDir
	private Path top;
	private Path in;

	@BeforeEach
	void make() throws IOException {
		in = Files.createDirectory(top.resolve("in"));
	}

	private void file(String name) throws IOException {
		Files.createDirectories(in.resolve(name).getParent());
		Files.createFile(in.resolve(name));
	}

	private List<String> names(List<Path> files) {
		return files.stream().map(f -> in.relativize(f).toString()).toList();
	}

	private List<String> left(FolderWalk walk) {
		return walk.left().stream().map(left -> in.relativize(left.path()) + ": " + left.why()).toList();
	}

	@Test
	public void filesComeInTheOrderOfTheirPaths() throws IOException {
		for (var name : List.of("b.tif", "a/z.tif", "a.tif", "a/deep/x.tif"))
			file(name);
		var walk = FolderWalk.of(in);
		assertEquals(List.of("a.tif", "a/deep/x.tif", "a/z.tif", "b.tif"), names(walk.files()));
		assertEquals(List.of("a"), names(walk.subfolders()));
		assertEquals(List.of(), walk.left());
	}

	@Test
	public void whatSystemsLeaveIsPassedOver() throws IOException {
		for (var name : List.of("Thumbs.db", "desktop.ini", ".DS_Store", "._a.tif", ".hidden/a.tif", "__MACOSX/a.tif", "$RECYCLE.BIN/a.tif", "Icon\r",
			"a.tif", "thumbs.dbx"))
			file(name);
		assertEquals(List.of("a.tif", "thumbs.dbx"), names(FolderWalk.of(in).files()));
		assertEquals(List.of(), FolderWalk.of(in).subfolders());
	}

	/** Of the folder, of one in it, of a file; to nothing; back; and two to each other. */
	@Test
	public void linksAreFollowedButNotForEver() throws IOException {
		file("sub/a.tif");
		Files.createSymbolicLink(in.resolve("sub/up"), in);
		Files.createSymbolicLink(in.resolve("linked"), Files.createDirectory(top.resolve("elsewhere")));
		Files.createFile(top.resolve("elsewhere/b.tif"));
		Files.createSymbolicLink(in.resolve("c.tif"), top.resolve("elsewhere/b.tif"));
		Files.createSymbolicLink(in.resolve("gone.tif"), top.resolve("nowhere"));
		Files.createSymbolicLink(in.resolve("x"), in.resolve("y"));
		Files.createSymbolicLink(in.resolve("y"), in.resolve("x"));
		var walk = FolderWalk.of(in);
		assertEquals(List.of("c.tif", "linked/b.tif", "sub/a.tif"), names(walk.files()));
		assertEquals(4, walk.left().size(), walk.left().toString());
		assertTrue(left(walk).contains("gone.tif: it is a link to something that is not there"), walk.left().toString());
		assertTrue(left(walk).contains("sub/up: it is a link back to " + in.toRealPath()), walk.left().toString());
		assertEquals(3, walk.failed().size());
		var link = Files.createSymbolicLink(top.resolve("link"), in);
		assertEquals(3, FolderWalk.of(link).files().size());
	}

	@Test
	public void theExcludedFolderIsNoInputWhateverLinkLeadsThere() throws IOException {
		file("a.tif");
		file("out/b.tif");
		Files.createSymbolicLink(in.resolve("again"), in.resolve("out"));
		var link = Files.createSymbolicLink(top.resolve("link"), in.resolve("out"));
		assertEquals(List.of("a.tif"), names(FolderWalk.of(in, link).files()));
	}

	@Test
	public void pipesAreNoFiles() throws Exception {
		file("a.tif");
		assumeTrue(new ProcessBuilder("mkfifo", in.resolve("pipe").toString()).start().waitFor() == 0);
		var walk = FolderWalk.of(in);
		assertEquals(List.of("a.tif"), names(walk.files()));
		assertEquals(List.of("pipe: it is no file, but a pipe or a device"), left(walk));
		assertEquals(List.of(), walk.failed());
	}

	/** Seventeen names of 250 letters are more than the 4,096 that a path may have. */
	@Test
	public void whatLiesTooDeepDoesNotHideTheRest() throws Exception {
		file("a.tif");
		var name = "x".repeat(250);
		var script = "cd '" + in + "'; for i in $(seq 20); do mkdir " + name + "; cd -P " + name + "; done; touch b.tif";
		assumeTrue(new ProcessBuilder("bash", "-c", script).start().waitFor() == 0);
		try {
			var walk = FolderWalk.of(in);
			assertEquals(List.of("a.tif"), names(walk.files()));
			assertEquals(1, walk.failed().size());
			assertEquals("it lies too deep, and its path is too long", walk.failed().get(0).why());
		}
		finally {
			// Java can't.
			new ProcessBuilder("rm", "-rf", in.resolve(name).toString()).start().waitFor();
		}
	}

	@Test
	public void aLockedFolderDoesNotHideTheRest() throws Exception {
		file("a.tif");
		file("locked/b.tif");
		assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
		assertTrue(in.resolve("locked").toFile().setExecutable(false) && in.resolve("locked").toFile().setReadable(false));
		try {
			var walk = FolderWalk.of(in);
			assertEquals(List.of("a.tif"), names(walk.files()));
			assertEquals(List.of("locked: permission denied"), left(walk));
			assertEquals("Folder " + in.resolve("locked") + " can't be read (permission denied).", assertThrows(IOException.class, () -> FolderWalk.of(
				in.resolve("locked"))).getMessage());
		}
		finally {
			in.resolve("locked").toFile().setReadable(true);
			in.resolve("locked").toFile().setExecutable(true);
		}
	}

	@Test
	public void foldersThatAreNoneAreSaid() throws IOException {
		file("a.tif");
		assertEquals("Folder " + in.resolve("a.tif") + " is a file; give one with images.", assertThrows(IOException.class, () -> FolderWalk.of(in
			.resolve("a.tif"))).getMessage());
		assertEquals("Folder " + in.resolve("b") + " does not exist; give one with images.", assertThrows(IOException.class, () -> FolderWalk.of(in
			.resolve("b"))).getMessage());
		var empty = Files.createDirectory(in.resolve("empty"));
		assertEquals("Folder " + empty + " holds no file; choose one with images.", assertThrows(IOException.class, () -> FolderWalk.of(empty)
			.requireAny(empty)).getMessage());
	}
}
