package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;

public class FolderHintsTest {

	@TempDir
	private Path folder;

	@Test
	public void anImageHasItsHintsUnderItsName() throws IOException {
		Files.createDirectories(folder.resolve("sub"));
		for (var name : new String[] { "a.zip", "sub/a.roi", "sub/b.ome.csv" })
			Files.createFile(folder.resolve(name));
		var hints = FolderHints.of(" " + folder + " ");
		assertEquals(file("a.zip"), hints.forImage(Path.of("a.tif")));
		assertEquals(file("sub/a.roi"), hints.forImage(Path.of("sub", "a.png")));
		assertEquals(file("sub/b.ome.csv"), hints.forImage(Path.of("sub", "b.ome.tif")));
		assertEquals(new HintSource.None(), hints.forImage(Path.of("b.tif")));
		assertEquals(new HintSource.None(), hints.forImage(Path.of("other", "a.tif")));
	}

	@Test
	public void twoFilesForOneImageAreRefused() throws IOException {
		Files.createFile(folder.resolve("a.zip"));
		Files.createFile(folder.resolve("a.csv"));
		var refusal = assertThrows(IOException.class, () -> FolderHints.of(folder.toString()).forImage(Path.of("a.tif")));
		assertEquals("Both " + folder.resolve("a.zip") + " and " + folder.resolve("a.csv") + " are there; delete one of them.", refusal.getMessage());
	}

	/** Most images of a folder have none. */
	@Test
	public void anImageWithoutOverlayHasNoHints() throws IOException {
		var image = IJ.createImage("gray", 8, 8, 1, 8);
		assertEquals(0, FolderHints.of("Overlay").forImage(Path.of("a.tif")).read(image, sentence -> {}).size());
		assertEquals(new HintSource.None(), FolderHints.of("none").forImage(Path.of("a.tif")));
	}

	@Test
	public void theRoiManagerIsRefused() {
		var refusal = assertThrows(IllegalArgumentException.class, () -> FolderHints.of("ROI Manager"));
		assertEquals("Hints is \"ROI Manager\", which are for one image; for a folder of images, must be none, overlay, or a folder with a file of hints " +
			"for each image.", refusal.getMessage());
	}

	@Test
	public void aFolderThatIsMissingOrAFileIsRefused() throws IOException {
		var file = Files.createFile(folder.resolve("a.csv"));
		for (var text : new String[] { file.toString(), folder.resolve("missing").toString(), "a\0b" }) {
			var refusal = assertThrows(IllegalArgumentException.class, () -> FolderHints.of(text));
			assertEquals("Hints is \"" + text + "\"; for a folder of images, must be none, overlay, or a folder that is there, with a file NAME.zip, " +
				"NAME.roi or NAME.csv for each image NAME.", refusal.getMessage());
		}
	}

	/** As it is sent to the machines of a cluster. */
	@Test
	public void canBeSerialized() throws IOException, ClassNotFoundException {
		Files.createFile(folder.resolve("a.zip"));
		var bytes = new ByteArrayOutputStream();
		try (var out = new ObjectOutputStream(bytes)) {
			out.writeObject(FolderHints.of(folder.toString()));
		}
		try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			assertEquals(file("a.zip"), ((FolderHints) in.readObject()).forImage(Path.of("a.tif")));
		}
	}

	private HintSource file(String name) {
		return new HintSource.OfFile(folder.resolve(name).toString());
	}
}
