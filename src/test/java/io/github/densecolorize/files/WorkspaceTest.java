package io.github.densecolorize.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class WorkspaceTest {

	/** Files of a folder share one, those of another have another, and if somebody removes it there is a new one. */
	@Test
	public void filesOfAFolderAreMadeInOnePlace() throws IOException {
		try (var workplace = new Workplace()) {
			Path first = write(workplace, "a"), second = write(workplace, "b");
			assertEquals(first, second);
			assertFalse(Files.exists(first.resolve("draft")));
			Trees.delete(first);
			assertNotEquals(first, write(workplace, "c"));
			Path other = write(workplace, "sub/d");
			assertEquals(folder.resolve("sub"), other.getParent());
			assertTrue(Files.exists(other));
		}
		for (var name : List.of("a", "b", "c", "sub/d"))
			assertEquals(1, Files.size(folder.resolve(name)));
		try (var files = Files.walk(folder)) {
			assertEquals(6, files.count());
		}
	}

	/** @return where it was made */
	private Path write(Workplace workplace, String name) throws IOException {
		try (var file = workplace.file(folder.resolve(name))) {
			file.write(out -> out.write(1));
			file.land(false);
			return file.draft().getParent();
		}
	}

	@TempDir
	private Path folder;

	private List<String> names() throws IOException {
		try (var files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	public void whatDidNotLandIsRemoved() throws IOException {
		try (var workspace = Workspace.in(folder)) {
			Files.writeString(workspace.path("a"), "a");
			Files.createDirectories(workspace.path("deep/er"));
			assertEquals(1, names().size());
			// It is in use.
			Workspace.sweep(folder);
			assertTrue(Files.exists(workspace.path("a")));
		}
		assertEquals(List.of(), names());
	}

	@Test
	public void whatIsThereStaysUnlessItMayBeReplaced() throws IOException {
		var target = Files.writeString(folder.resolve("x"), "old");
		try (var workspace = Workspace.in(folder)) {
			var made = Files.writeString(workspace.path("x"), "new");
			assertThrows(FileAlreadyExistsException.class, () -> workspace.land(made, target, false));
			assertEquals("old", Files.readString(target));
			workspace.land(made, target, true);
			assertEquals("new", Files.readString(target));
			var model = Files.createDirectory(workspace.path("model"));
			Files.writeString(model.resolve("file"), "new");
			Files.createDirectories(folder.resolve("taken/full"));
			assertThrows(IOException.class, () -> workspace.land(model, folder.resolve("taken"), false));
			workspace.land(model, folder.resolve("free"), false);
		}
		assertEquals(List.of("free", "taken", "x"), names());
	}

	@Test
	public void aKilledProgramsFilesAreSweptAndOfThoseThatLiveNone() throws Exception {
		var other = OtherProgram.start("file", folder.resolve("x"));
		Workspace.sweep(folder);
		assertEquals(1, names().size());
		other.destroyForcibly().waitFor();
		assertEquals(1, names().size());
		Workspace.sweep(folder);
		assertEquals(List.of(), names());
	}

	/** Killed before it had its lock, or after it gave it back. */
	@Test
	public void anEmptyOneIsSwept() throws IOException {
		Files.createDirectory(folder.resolve(Workspace.PREFIX + "00000000-0000-0000-0000-000000000000"));
		Files.createDirectory(folder.resolve(Workspace.PREFIX + "of somebody else"));
		Workspace.sweep(folder);
		assertEquals(List.of(Workspace.PREFIX + "of somebody else"), names());
	}

	/** Two files that belong together, the program stopped after the first: old and new are not mixed for ever. */
	@Test
	public void whatWasBegunIsFinished() throws Exception {
		for (var name : List.of("one", "two", "three"))
			Files.writeString(folder.resolve(name), "old");
		var other = OtherProgram.start("landing", folder);
		assertFalse(Workspace.sweep(folder));
		assertEquals("old", Files.readString(folder.resolve("two")));
		other.destroyForcibly().waitFor();
		assertTrue(Workspace.sweep(folder));
		assertEquals(List.of("one", "two"), names());
		for (var name : names())
			assertEquals("new", Files.readString(folder.resolve(name)));
		assertFalse(Workspace.sweep(folder));
	}

	@Test
	public void severalLandAsOne() throws IOException {
		Files.writeString(folder.resolve("old"), "old");
		try (var workspace = Workspace.in(folder)) {
			workspace.landAll(Map.of(Files.writeString(workspace.path("new"), "new"), folder.resolve("x")), List.of(folder.resolve("old")));
		}
		assertEquals(List.of("x"), names());
	}

	/** A note of nobody knows whom reaches nothing outside. */
	@Test
	public void aNoteOnOtherFoldersIsNotFollowed() throws IOException {
		var victim = Files.writeString(folder.resolve("victim"), "old");
		var place = Files.createDirectory(folder.resolve("place"));
		var left = Files.createDirectory(place.resolve(Workspace.PREFIX + "00000000-0000-0000-0000-000000000000"));
		Files.createFile(left.resolve(Workspace.LOCK));
		new Landing(place, left, Map.of(), List.of(victim)).write();
		assertFalse(Workspace.sweep(place));
		assertEquals("old", Files.readString(victim));
	}
}
