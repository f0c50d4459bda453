package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ModelArchive;

public class ExportCommandTest {

	@TempDir
	private Path folder;

	@Test
	public void theEndingSaysWhatIsWritten() throws IOException {
		var tiny = TinyModel.write(folder, "tiny", "he", "ihc");
		Path zip = folder.resolve("tiny.zip"), onnx = folder.resolve("tiny.ONNX"), he = folder.resolve("he.onnx");
		var done = Shell.run("export", tiny, "-o", zip);
		assertEquals(0, done.status(), done.err());
		assertEquals("Model " + tiny + " is in " + zip + ".", done.out().strip());
		assertTrue(Files.exists(ModelArchive.read(zip, folder.resolve("imported")).resolve("model.json")));
		assertEquals(0, Shell.run("export", tiny, "-o", onnx).status());
		assertEquals(0, Shell.run("export", tiny, "-o", he, "--category", "he").status());
		// The guidance stream is not needed for a class.
		assertTrue(Files.size(he) < Files.size(onnx), Files.size(he) + " and " + Files.size(onnx) + " bytes");
	}

	@Test
	public void whatCantBeWrittenIsRefused() throws IOException {
		var tiny = TinyModel.write(folder, "tiny", "he", "ihc");
		Path other = folder.resolve("tiny.pt"), there = Files.writeString(folder.resolve("there.onnx"), "mine"), zip = folder.resolve("tiny.zip");
		assertEquals(List.of("File " + other +
			" has none of the endings .zip (a model for this program), .onnx (for other programs) and .bioimage.zip (for the BioImage Model Zoo); choose one of them."), refused(tiny, other, "auto"));
		assertEquals(List.of("File " + there + " exists; choose another name."), refused(tiny, there, "auto"));
		assertEquals("mine", Files.readString(there));
		assertTrue(refused(tiny, zip, "he").get(0).startsWith("Category is \"he\", but a zip file holds the whole model"));
		assertFalse(Files.exists(zip));
		assertFalse(Files.exists(other));
	}

	private static List<String> refused(Path model, Path file, String category) {
		var done = Shell.run("export", model, "-o", file, "--category", category);
		assertEquals(1, done.status());
		return done.errors();
	}
}
