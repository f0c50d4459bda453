package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.files.Lock;

public class ModelArchiveTest {

	@TempDir
	private Path folder;
	private Path model, zip, models;

	@BeforeEach
	void write() throws IOException {
		model = TinyModel.write(Files.createDirectory(folder.resolve("from")), "tiny", "he");
		Files.writeString(model.resolve("README.md"), "a card");
		Files.writeString(model.resolve("private.txt"), "nobody's business");
		zip = folder.resolve("tiny.zip");
		models = folder.resolve("to");
	}

	@AfterEach
	void nothingIsLeftHalfDone() throws IOException {
		try (var files = Files.walk(folder)) {
			assertEquals(List.of(), files.filter(f -> f.getFileName().toString().startsWith(".")).toList());
		}
	}

	@Test
	public void aModelGoesThroughAZipFile() throws IOException {
		ModelArchive.write(model, zip);
		var found = ModelArchive.read(zip, models);
		assertEquals(models.resolve("tiny"), found);
		try (var files = Files.list(found)) {
			assertEquals(List.of("README.md", "model.json", "weights.npz"), files.map(f -> f.getFileName().toString()).sorted().toList());
		}
		assertArrayEquals(Files.readAllBytes(model.resolve(ModelFolder.WEIGHTS)), Files.readAllBytes(found.resolve(ModelFolder.WEIGHTS)));
		assertTrue(assertThrows(IOException.class, () -> ModelArchive.read(zip, models)).getMessage().contains("exists; remove it first"));
		assertTrue(assertThrows(IOException.class, () -> ModelArchive.write(model, zip)).getMessage().contains("exists; choose another name."));
	}

	/** A training that has not written its first model yet would replace one that comes meanwhile. */
	@Test
	public void nothingIsImportedWhereATrainingWrites() throws IOException {
		ModelArchive.write(model, zip);
		Files.createDirectory(models);
		try (var lock = Lock.on(models.resolve("tiny"), "Model folder tiny")) {
			var message = assertThrows(IOException.class, () -> ModelArchive.read(zip, models)).getMessage();
			assertTrue(message.startsWith("Model folder " + models.resolve("tiny") + " is being written by "), message);
		}
		assertTrue(Files.notExists(models.resolve("tiny")));
		ModelArchive.read(zip, models);
	}

	/** The name of a folder in any language; what no archive can have is said, and no empty one is made. */
	@Test
	public void namesOfAnyLanguage() throws IOException {
		for (var name : List.of("F\u00e4rbung \u67d3\u8272", "\u0645\u062c\u0647\u0631")) {
			var other = folder.resolve(name);
			Files.move(model, other);
			var file = folder.resolve("other.zip");
			ModelArchive.write(other, file);
			assertEquals(models.resolve(name), ModelArchive.read(file, models));
			Files.delete(file);
			Files.move(other, model);
		}
		var odd = folder.resolve("a:b");
		Files.move(model, odd);
		var message = assertThrows(IOException.class, () -> ModelArchive.write(odd, zip)).getMessage();
		assertTrue(message.contains("can't be exported, as its name must begin with a letter"), message);
		assertFalse(Files.exists(zip));
	}

	@Test
	public void twoNamesThatDifferInCaseAreNotInstalled() throws IOException {
		ModelArchive.write(model, zip);
		ModelArchive.read(zip, models);
		var entries = new LinkedHashMap<String, byte[]>();
		whole().forEach((name, bytes) -> entries.put(name.replace("tiny", "TINY"), bytes));
		pack(entries);
		assertTrue(assertThrows(IOException.class, () -> ModelArchive.read(zip, models)).getMessage().contains("by case only"));
	}

	private void pack(Map<String, byte[]> entries) throws IOException {
		try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
			for (var entry : entries.entrySet()) {
				out.putNextEntry(new ZipEntry(entry.getKey()));
				out.write(entry.getValue());
			}
		}
	}

	private Map<String, byte[]> whole() throws IOException {
		var entries = new LinkedHashMap<String, byte[]>();
		for (var name : List.of(ModelFolder.SPEC, ModelFolder.WEIGHTS))
			entries.put("tiny/" + name, Files.readAllBytes(model.resolve(name)));
		return entries;
	}

	private void refused(String why) throws IOException {
		var message = assertThrows(IOException.class, () -> ModelArchive.read(zip, models)).getMessage();
		assertTrue(message.contains(why), message);
		try (var files = Files.list(models)) {
			assertEquals(0, files.count());
		}
	}

	@Test
	public void whatIsNoModelIsNotInstalled() throws IOException {
		for (var name : List.of("../evil/model.json", "tiny/../../evil/model.json", "/tiny/model.json", "tiny/run.sh", "tiny/deep/model.json",
			"model.json", "tiny\\model.json", ".tiny/model.json", "CON/model.json", "b./model.json")) {
			var entries = whole();
			entries.put(name, new byte[1]);
			pack(entries);
			refused("\"" + name + "\", which is no file of a model; it was not imported.");
		}
		var two = whole();
		two.put("other/model.json", new byte[1]);
		pack(two);
		refused("holds two models, tiny and other; make a file for each.");

		var damaged = whole();
		damaged.get("tiny/weights.npz")[100] ^= 1;
		pack(damaged);
		refused("has SHA-256");

		var half = whole();
		half.remove("tiny/weights.npz");
		pack(half);
		refused("has no weights.npz");

		Files.writeString(zip, "no zip file");
		refused("is no zip file of a model; choose one that was exported.");
	}

	/** A million zeros take a thousand bytes in a zip file. */
	@Test
	public void whatUnpacksWithoutEndIsStopped() throws IOException {
		var bomb = whole();
		bomb.put("tiny/README.md", new byte[1_000_000]);
		pack(bomb);
		var message = assertThrows(IOException.class, () -> ModelArchive.read(zip, models, 500_000)).getMessage();
		assertTrue(message.contains("unpacks to more data than a model can have"), message);
	}
}
