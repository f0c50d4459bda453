package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class ModelsTest {

	@TempDir
	Path folder;
	private final String before = System.getProperty(Models.FOLDER_PROPERTY);

	@BeforeEach
	void install() throws IOException {
		System.setProperty(Models.FOLDER_PROPERTY, folder.resolve("süd models").toString());
		for (var name : new String[] { "zebra", "ant", ".half-written" })
			Files.writeString(Files.createDirectories(folder.resolve("süd models").resolve(name)).resolve("model.json"), "{}");
		Files.createDirectories(folder.resolve("süd models").resolve("no model"));
		System.setProperty("ij.dir", folder.resolve("Fiji.app").toString());
	}

	@AfterEach
	void restore() {
		if (before == null) System.clearProperty(Models.FOLDER_PROPERTY);
		else System.setProperty(Models.FOLDER_PROPERTY, before);
		for (var property : new String[] { "imagej.dir", "ij.dir", "plugins.dir" })
			System.clearProperty(property);
	}

	@Test
	public void installedModelsAreThoseWithASpecification() throws IOException {
		var installed = Models.installed();
		assertTrue(installed.containsAll(java.util.List.of("ant", "zebra")));
		assertFalse(installed.contains(".half-written"));
		assertFalse(installed.contains("no model"));
		assertEquals(folder.resolve("süd models").resolve("ant"), Models.folder("ant"));
	}

	/** The folder's own spelling is the model's, and one that is written exactly so comes before another. */
	@Test
	public void upperAndLowerCaseDoNotMatter() throws IOException {
		assertEquals(folder.resolve("süd models/ant"), Models.folder(" ANT "));
		assertEquals(java.util.List.of(folder.resolve("süd models/zebra"), folder.resolve("süd models/ant")), Models.foldersOf("Zebra, Ant"));
	}

	@Test
	public void theClosestNameIsOffered() {
		var refusal = assertThrows(IOException.class, () -> Models.folder("zerba")).getMessage();
		assertTrue(refusal.startsWith("Model is \"zerba\" (did you mean zebra?); must be ant, "), refusal);
	}

	@Test
	public void pathOfAFolderIsAModelToo() throws IOException {
		var elsewhere = Files.createDirectories(folder.resolve("mine"));
		Files.writeString(elsewhere.resolve("model.json"), "{}");
		assertEquals(elsewhere, Models.folder(elsewhere.toString()));
		assertEquals(elsewhere, Models.folder(" " + elsewhere + " "));
	}

	@ParameterizedTest
	@CsvSource({ "imagej.dir, Fiji.app, Fiji.app/models", "ij.dir, Fiji.app, Fiji.app/models", "plugins.dir, Fiji.app, Fiji.app/models",
		"plugins.dir, Fiji.app/plugins, Fiji.app/models" })
	public void modelsLieInImageJsFolder(String property, String value, String models) {
		System.clearProperty("ij.dir");
		System.setProperty(property, folder.resolve(value).toString());
		assertTrue(Models.folders().contains(folder.resolve(models)), Models.folders().toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "bee", "", "..", ".half-written", "/no/such/folder", "a\0b" })
	public void unknownModelIsAnsweredWithTheInstalledOnes(String name) {
		var refusal = assertThrows(IOException.class, () -> Models.folder(name));
		// The current folder is looked at too, so the list may be longer.
		assertTrue(refusal.getMessage().contains("\"" + name + "\"") && refusal.getMessage().matches(
			"(?s).*must be ant, (.*, )?zebra, or .*süd models.*"), refusal.getMessage());
	}
}
