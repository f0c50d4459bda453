package io.github.densecolorize.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class NewFileTest {

	@TempDir
	private Path folder;

	@Test
	public void aFileIsThereWhenItHasLanded() throws IOException {
		var file = folder.resolve("new/x");
		try (var made = new NewFile(file)) {
			made.write(out -> out.write(1));
			assertTrue(Files.notExists(file));
			made.land(false);
		}
		assertEquals(1, Files.size(file));
		try (var made = new NewFile(file)) {
			made.write(out -> out.write(new byte[2]));
		}
		assertEquals(1, Files.size(file));
		try (var files = Files.list(file.getParent())) {
			assertEquals(List.of(file), files.toList());
		}
	}

	/** Between the look and the move, another program may write a file of this name. */
	@Test
	public void whatCameMeanwhileStays() throws IOException {
		var file = folder.resolve("x");
		try (var made = new NewFile(file)) {
			Files.writeString(file, "sooner");
			var message = assertThrows(IOException.class, () -> made.land(false)).getMessage();
			assertEquals("File " + file + " exists; choose another name, or overwrite.", message);
		}
		assertEquals("sooner", Files.readString(file));
	}

	/** Also one that leads to another, and to nothing as yet. */
	@Test
	public void aLinkStaysAndWhatItLeadsToIsWritten() throws IOException {
		var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
		var link = Files.createSymbolicLink(folder.resolve("link"), Files.createSymbolicLink(folder.resolve("other"), Path.of("elsewhere/x")));
		NewFile.write(link, false, out -> out.write(1));
		NewFile.write(link, true, out -> out.write(new byte[2]));
		assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(folder.resolve("other")));
		assertEquals(2, Files.size(elsewhere.resolve("x")));
		assertThrows(IOException.class, () -> NewFile.write(link, false, out -> out.write(new byte[3])));
		assertEquals(2, Files.size(link));
		Files.createSymbolicLink(folder.resolve("round"), folder.resolve("round"));
		var message = assertThrows(IOException.class, () -> NewFile.write(folder.resolve("round"), true, out -> {})).getMessage();
		assertTrue(message.contains("links lead in a circle"), message);
	}

	@Test
	public void aPlaceThatCantBeWrittenIsSaid() throws IOException {
		var file = Files.createFile(folder.resolve("file")).resolve("x");
		var message = assertThrows(IOException.class, () -> NewFile.write(file, true, out -> {})).getMessage();
		assertTrue(message.startsWith("File " + file + " can't be written (") && message.endsWith("or choose another place."), message);
	}

	/** As many bytes as a name may have. */
	@Test
	public void theLongestNameIsWritten() throws IOException {
		var file = folder.resolve("x".repeat(251) + ".tif");
		NewFile.write(file, false, out -> out.write(1));
		assertEquals(1, Files.size(file));
	}
}
