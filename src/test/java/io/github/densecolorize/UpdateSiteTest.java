package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code update-site/}: what the tool writes down. */
public class UpdateSiteTest {

	@TempDir
	static Path folder;
	private static BuiltSite built;
	private static List<String> printed;

	@BeforeAll
	static void build() throws IOException, InterruptedException {
		built = new BuiltSite(folder, false);
		BuiltSite.jar(built.dependencies.resolve("quirks-1.0.jar"), Map.of("z/Last.class", "last", "META-INF/MANIFEST.MF",
			"Manifest-Version: 1.0\nMain-Class: a.B\n", "a/first.properties",
			"#Tue Nov 24 17:00:00 UTC 2026\n##twice\nkey=value # no comment\n\n#after an empty line\n# last"));
		printed = built.build(BuiltSite.pluginJar(folder.resolve("dense-colorize-0.1.0.jar")));
	}

	/** The expected checksums are those that {@code UpdaterUtil.getDigest} of imagej-updater 2.0.1 gives for these files. */
	@Test
	public void checksumsAreThoseOfTheUpdater() throws Exception {
		var checksums = built.records().entrySet().stream().filter(e -> !BuiltSite.children(e.getValue(), "version").isEmpty()).collect(Collectors
			.toMap(Map.Entry::getKey, e -> BuiltSite.version(e.getValue()).getAttribute("checksum")));
		assertEquals("280a093c14b9c3e7541100ef2160b9e19fd43ce5", checksums.get("jars/quirks-1.0.jar"));
		assertEquals("d1edc700629361df48cc456b0933f4ead1b90f25", checksums.get("jars/api-0.35.1.jar"));
		assertEquals("74e3324a7e578a35ea3013fc136378c3eea7dd4e", checksums.get("jars/jhdf-0.13.0.jar"));
		assertEquals("b6c5e2043619b5dc89b7351185d2fccd13343a59", checksums.get("models/microscopy/sample.tif"));
	}

	/** A record without a version but with a former one is that of a file that the Updater removes. */
	@Test
	public void filesOfTheFormerLayoutAreRemovedThoughTheSiteIsNew() throws Exception {
		var records = built.records();
		for (var former : List.of("jars/linux64/pytorch-native-cpu-2.7.1-linux-x86_64.jar",
			"jars/linux-arm64/pytorch-native-cpu-2.7.1-linux-aarch64.jar", "jars/macos-arm64/pytorch-native-cpu-2.7.1-osx-aarch64.jar",
			"jars/win64/pytorch-native-cpu-2.7.1-win-x86_64.jar", "scripts/Plugins/Colorize/Scripts/Colorize_Folder.groovy")) {
			var record = records.get(former);
			assertEquals(0, BuiltSite.children(record, "version").size(), former);
			assertEquals(former, BuiltSite.children(record, "previous-version").get(0).getAttribute("filename"));
		}
		// As the Updater named the jar that the former site had.
		assertEquals("55a4f315beb1d28b9167993e6cd1e3c650240f8c", BuiltSite.children(records.get(
			"jars/linux64/pytorch-native-cpu-2.7.1-linux-x86_64.jar"), "previous-version").get(0).getAttribute("checksum"));
	}

	@Test
	public void aSecondBuildRecordsWhatChanged() throws Exception {
		var before = built.records();
		var old = BuiltSite.version(before.get("plugins/dense-colorize-0.1.0.jar"));
		var changed = folder.resolve("dense-colorize-0.1.1.jar");
		BuiltSite.jar(changed, Map.of("changed", "yes"));
		Files.delete(built.scripts.resolve("Measure_Folder.ijm"));
		// Timestamps have seconds.
		Thread.sleep(1100);
		int files = Integer.parseInt(printed.get(0).replaceFirst(" .*", ""));
		assertEquals(files + " files, " + files + " new or changed, 0 gone", printed.get(0));
		assertEquals(files - 1 + " files, 1 new or changed, 1 gone", built.build(changed).get(0));
		var after = built.records();

		var plugin = after.get("plugins/dense-colorize-0.1.1.jar");
		var previous = BuiltSite.children(plugin, "previous-version");
		assertEquals(1, previous.size());
		assertEquals(old.getAttribute("checksum"), previous.get(0).getAttribute("checksum"));
		assertEquals(old.getAttribute("timestamp"), previous.get(0).getAttribute("timestamp"));
		assertEquals(BuiltSite.version(plugin).getAttribute("timestamp"), previous.get(0).getAttribute("timestamp-obsolete"));
		assertEquals("plugins/dense-colorize-0.1.0.jar", previous.get(0).getAttribute("filename"));
		assertFalse(after.containsKey("plugins/dense-colorize-0.1.0.jar"));
		assertTrue(Files.exists(built.site.resolve("plugins/dense-colorize-0.1.0.jar-" + old.getAttribute("timestamp"))), "users may still load it");
		assertTrue(BuiltSite.children(plugin, "dependency").stream().anyMatch(d -> d.getAttribute("filename").equals("jars/jhdf.jar")));

		var gone = after.get("scripts/Plugins/Colorize/Scripts/Measure_Folder.ijm");
		assertEquals(0, BuiltSite.children(gone, "version").size());
		assertEquals(1, BuiltSite.children(gone, "previous-version").size());

		for (var name : List.of("jars/jhdf-0.13.0.jar", "models/microscopy/model.json"))
			assertEquals(BuiltSite.version(before.get(name)).getAttribute("timestamp"), BuiltSite.version(after.get(name)).getAttribute("timestamp"));
	}
}
