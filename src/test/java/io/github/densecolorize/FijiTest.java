package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.script.ScriptEngine;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;
import org.scijava.script.AbstractScriptLanguage;
import org.scijava.script.ScriptService;

import ij.IJ;

import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.command.ColorizeFolderCommand;

/** The update site, installed into a folder like Fiji's and started as Fiji's launchers start Java. */
public class FijiTest {

	@TempDir
	static Path folder;
	private static BuiltSite built;
	private static Path fiji;

	@BeforeAll
	static void install() throws Exception {
		built = new BuiltSite(folder, true);
		built.build(BuiltSite.pluginJar(folder.resolve("dense-colorize-0.1.0.jar")));
		fiji = folder.resolve("Fiji");
		built.install(BuiltSite.platform(), fiji);
		assertTrue(Files.exists(fiji.resolve("scripts/Plugins/Colorize/Scripts/Colorize_Stack.ijm")));
		assertFalse(Files.exists(fiji.resolve("scripts/Plugins/Colorize/Scripts/dense-colorize")));

		var shipped = Files.readAllLines(Path.of("update-site/fiji-jars.txt"));
		try (var jars = Files.walk(fiji.resolve("jars"))) {
			assertEquals(List.of(), jars.filter(jar -> shipped.contains(name(jar))).toList(), "Fiji has these already");
		}
		for (var jar : BuiltSite.CLASS_PATH)
			if (shipped.contains(name(jar))) Files.copy(jar, fiji.resolve("jars").resolve(jar.getFileName()));
		// Those without a platform in their name are empty, and not in Fiji.
		var modules = Files.createDirectories(fiji.resolve("jars").resolve(BuiltSite.platform()));
		for (var jar : BuiltSite.CLASS_PATH)
			if (jar.getFileName().toString().matches("javafx-[a-z]+-[\\d.]+-.+\\.jar")) Files.copy(jar, modules.resolve(jar.getFileName()));
	}

	/** Without version. */
	private static String name(Path jar) {
		return jar.getFileName().toString().replaceFirst("-\\d.*", "");
	}

	/**
	 * What bears on modules, natives and places of the flags that Fiji's launcher gives a Java 17 or newer: {@code config/fiji.toml} of
	 * fiji/fiji, commit e5044a81422855a2f3b8420c060f655f6511228e of 6 May 2026.
	 */
	private static List<String> flags() {
		var platform = BuiltSite.platform();
		return List.of("--module-path=" + modulePath(fiji, platform),
			"--add-modules=javafx.base,javafx.controls,javafx.fxml,javafx.graphics,javafx.media,javafx.web", "-Dplugins.dir=" + fiji, "-Dimagej.dir=" +
				fiji, "-Dij.dir=" + fiji, "-Dfiji.dir=" + fiji, "-Djava.library.path=" + fiji.resolve("lib").resolve(platform), "-Djna.library.path=" +
					fiji.resolve("lib").resolve(platform), "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
			"-Dscijava.app.directory=" + fiji, "-Dscijava.context.strict=false");
	}

	/** As there. */
	private static Path modulePath(Path fiji, String platform) {
		return fiji.resolve("jars").resolve(platform);
	}

	/** As there: of {@code jars} and {@code plugins} the jars, and those in the folders in them, but no deeper. */
	private static Stream<Path> classPath() throws IOException {
		var jars = new ArrayList<Path>();
		for (var place : List.of("jars", "plugins"))
			try (var files = Files.walk(fiji.resolve(place), 2)) {
				files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
			}
		return jars.stream();
	}

	@ParameterizedTest(name = "Java {0}")
	@ValueSource(ints = { 17, 21, 25 })
	public void startsWithTheLauncherOf2026(int version) throws Exception {
		var home = java(version);
		if (home.isEmpty()) System.out.println("Fiji was not started with Java " + version + ", which is not on this machine.");
		Assumptions.assumeTrue(home.isPresent(), "Java " + version + " is not on this machine.");
		colorizes(home.get(), flags());
	}

	/** imagej-launcher, of the years before: all jars on the class path, no modules. */
	@Test
	public void startsWithTheLauncherBefore() throws Exception {
		colorizes(Path.of(System.getProperty("java.home")), List.of("-Dplugins.dir=" + fiji, "-Dimagej.dir=" + fiji, "-Dij.dir=" + fiji,
			"-Djava.library.path=" + fiji.resolve("lib").resolve(BuiltSite.platform())));
	}

	/** The one that runs the test, one beside it, or one that the environment names as CI services do (JAVA_HOME_21_X64). */
	private static Optional<Path> java(int version) throws IOException {
		var own = Path.of(System.getProperty("java.home"));
		var homes = new ArrayList<Path>(List.of(own));
		System.getenv().forEach((name, value) -> {
			if (name.startsWith("JAVA_HOME")) homes.add(Path.of(value));
		});
		// On a Mac there are two folders between.
		for (var inside : List.of("", "Contents/Home")) {
			var beside = inside.isEmpty() ? own.getParent() : own.resolve("../../..").normalize();
			try (var files = Files.list(beside)) {
				files.map(file -> file.resolve(inside)).forEach(homes::add);
			}
		}
		for (var home : homes)
			if (Files.exists(home.resolve("release"))) try (var in = Files.newBufferedReader(home.resolve("release"))) {
				var release = new Properties();
				release.load(in);
				if (release.getProperty("JAVA_VERSION", "").matches("\"" + version + "\\b.*")) return Optional.of(home);
			}
		return Optional.empty();
	}

	/** Starts Java, looks what is in the menu, and colorizes a folder. */
	private static void colorizes(Path java, List<String> flags) throws Exception {
		var work = Files.createTempDirectory(folder, "work");
		Files.copy(Path.of("models/microscopy/sample.tif"), Files.createDirectory(work.resolve("in")).resolve("sample.tif"));
		// Otherwise Java's first start of a user says that it made this folder.
		Files.createDirectories(work.resolve(".java/.userPrefs"));
		var command = new ArrayList<String>(List.of(BuiltSite.java(java), "-Djava.awt.headless=true", "-Djava.util.prefs.userRoot=" + work));
		command.addAll(flags);
		command.addAll(List.of("-cp", Stream.concat(Stream.of(Path.of("target/test-classes")), classPath()).map(path -> path.toAbsolutePath()
			.toString()).collect(Collectors.joining(File.pathSeparator)), Start.class.getName(), work.toString()));
		var process = new ProcessBuilder(command).redirectErrorStream(true).start();
		var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), out);
		assertTrue(out.startsWith(Start.READY), "Printed at the start: " + out);
		assertFalse(out.contains("WARNING"), out);
		assertEquals("microscopy", IJ.openImage(work.resolve("out/sample.tif").toString()).getProp(Provenance.PREFIX + "model"));

		var labels = Files.readAllLines(work.resolve("labels"));
		assertEquals(List.copyOf(new TreeSet<>(labels)), labels.stream().sorted().toList(), "To ImageJ, items of one label are one item.");
		assertTrue(labels.containsAll(List.of("Colorize Folder", "Colorize (Dense Network)", "Colorize Stack", "Colorize Many Images")), labels
			.toString());
	}

	/** What the test starts in a Java of its own: writes the labels of the menu, and colorizes folder {@code in}. */
	public static final class Start {

		static final String READY = "The menu is there.";

		public static void main(String[] arguments) throws Exception {
			var work = Path.of(arguments[0]);
			try (var context = new Context()) {
				var scripts = context.service(ScriptService.class);
				// Fiji has a language for macros.
				scripts.getIndex().add(new MacroLanguage(), false);
				var labels = Stream.concat(scripts.getScripts().stream(), context.service(ModuleService.class).getModules().stream()).distinct()
					.filter(module -> !module.getMenuPath().isEmpty()).map(module -> module.getMenuPath().getLeaf().getName()).toList();
				Files.write(work.resolve("labels"), labels);
				System.out.println(READY);
				context.service(CommandService.class).run(ColorizeFolderCommand.class, true, "inputFolder", work.resolve("in").toFile(), "outputFolder",
					work.resolve("out").toFile()).get();
			}
		}
	}

	private static final class MacroLanguage extends AbstractScriptLanguage {

		@Override
		public List<String> getExtensions() {
			return List.of("ijm");
		}

		@Override
		public ScriptEngine getScriptEngine() {
			throw new UnsupportedOperationException("Nothing is run.");
		}
	}

	/** Java reads every jar on its module path, needed or not, and ends at one whose name it can't take. */
	@ParameterizedTest
	@ValueSource(strings = { "linux64", "linux-arm64", "macos-arm64", "win64" })
	public void everyJarOnTheModulePathIsAModule(String platform) throws Exception {
		var fiji = folder.resolve(platform);
		built.install(platform, fiji);
		ModuleFinder.of(modulePath(fiji, platform)).findAll();

		// That of PyTorch would be none.
		try (var files = Files.list(fiji.resolve("jars/pytorch"))) {
			var jar = files.toList();
			assertEquals(1, jar.size());
			assertThrows(FindException.class, () -> ModuleFinder.of(jar.get(0)).findAll());
		}
	}
}
