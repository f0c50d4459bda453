package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code update-site/}: what the tool writes down. */
public class UpdateSiteTest {

	@TempDir
	static Path folder;
	private static BuiltSite built;
	/** What the first build printed and recorded. */
	private static List<String> printed;
	private static Map<String, Element> records;

	@BeforeAll
	static void build() throws Exception {
		built = new BuiltSite(folder, false);
		BuiltSite.jar(built.dependencies.resolve("quirks-1.0.jar"), Map.of("z/Last.class", "last", "META-INF/MANIFEST.MF",
			"Manifest-Version: 1.0\nMain-Class: a.B\n", "a/first.properties",
			"#Tue Nov 24 17:00:00 UTC 2026\n##twice\nkey=value # no comment\n\n#after an empty line\n# last"));
		// What Fiji has, and PyTorch for this platform, which is among the dependencies.
		for (var left : List.of("picocli-4.7.6.jar", "commons-io-2.17.0.jar", "pytorch-native-cpu-2.7.1-linux-x86_64.jar"))
			BuiltSite.jar(built.dependencies.resolve(left), Map.of("left", "out"));
		printed = built.build(BuiltSite.pluginJar(folder.resolve("dense-colorize-0.1.0.jar")));
		records = built.records();
	}

	/** The expected checksums are those that {@code UpdaterUtil.getDigest} of imagej-updater 2.0.1 gives for these files. */
	@Test
	public void checksumsAreThoseOfTheUpdater() {
		var checksums = records.entrySet().stream().filter(e -> !BuiltSite.children(e.getValue(), "version").isEmpty()).collect(Collectors
			.toMap(Map.Entry::getKey, e -> BuiltSite.version(e.getValue()).getAttribute("checksum")));
		assertEquals("280a093c14b9c3e7541100ef2160b9e19fd43ce5", checksums.get("jars/quirks-1.0.jar"));
		assertEquals("d1edc700629361df48cc456b0933f4ead1b90f25", checksums.get("jars/api-0.35.1.jar"));
		assertEquals("74e3324a7e578a35ea3013fc136378c3eea7dd4e", checksums.get("jars/jhdf-0.13.0.jar"));
		assertEquals("b6c5e2043619b5dc89b7351185d2fccd13343a59", checksums.get("models/microscopy/sample.tif"));
	}

	@Test
	public void jarsAreThoseThatFijiLacksAndPyTorchIsOfItsPlatform() {
		var platforms = new TreeMap<String, String>();
		records.forEach((path, record) -> {
			if (BuiltSite.children(record, "version").isEmpty() || !path.startsWith("jars/")) return;
			platforms.put(path, BuiltSite.children(record, "platform").stream().map(Element::getTextContent).collect(Collectors.joining()));
		});
		assertEquals(Map.of("jars/api-0.35.1.jar", "", "jars/jhdf-0.13.0.jar", "", "jars/quirks-1.0.jar", "",
			"jars/pytorch/pytorch-native-cpu-linux64-2.7.1.jar", "linux64", "jars/pytorch/pytorch-native-cpu-linux-arm64-2.7.1.jar", "linux-arm64",
			"jars/pytorch/pytorch-native-cpu-macos-arm64-2.7.1.jar", "macos-arm64", "jars/pytorch/pytorch-native-cpu-win64-2.7.1.jar", "win64"), platforms);
	}

	/** Everybody downloads all files but the natives of other platforms. */
	@Test
	public void theSizeOfADownloadIsThatOfTheFilesOfAPlatform() {
		for (var platform : BuiltSite.PLATFORMS.values()) {
			long bytes = records.values().stream().filter(record -> BuiltSite.children(record, "platform").stream().allMatch(p -> p.getTextContent()
				.equals(platform))).flatMap(record -> BuiltSite.children(record, "version").stream()).mapToLong(version -> Long.parseLong(version
					.getAttribute("filesize"))).sum();
			assertTrue(printed.contains(String.format("%s: %.1f MB to download", platform, bytes / 1e6)), printed + " " + bytes);
		}
	}

	/** The Updater takes the newest timestamp for the present version, so one of tomorrow would hide all that come. */
	@Test
	public void aClockThatWasSetBackIsSaidAndTheSiteStaysAsItIs() throws Exception {
		var database = built.site.resolve("db.xml.gz");
		var good = Files.readAllBytes(database);
		var timestamp = BuiltSite.version(records.get("jars/quirks-1.0.jar")).getAttribute("timestamp");
		try (var in = new GZIPInputStream(new ByteArrayInputStream(good)); var out = new GZIPOutputStream(Files.newOutputStream(database))) {
			out.write(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace(timestamp, "29991231235959").getBytes(StandardCharsets.UTF_8));
		}
		var future = Files.readAllBytes(database);
		var message = assertThrows(IOException.class, () -> built.build(folder.resolve("dense-colorize-0.1.0.jar"))).getMessage();
		assertTrue(message.contains("has a file of 29991231235959") && message.endsWith("correct the clock, or wait."), message);
		assertArrayEquals(future, Files.readAllBytes(database));
		Files.write(database, good);
	}

	@Test
	public void aNativeOfAnUnknownPlatformIsRefusedAndTheSiteStaysAsItIs() throws Exception {
		var before = Files.readAllBytes(built.site.resolve("db.xml.gz"));
		var unknown = built.natives.resolve("pytorch-native-cpu-2.7.1-solaris-sparc.jar");
		BuiltSite.jar(unknown, Map.of("native", "sparc"));
		var message = assertThrows(IOException.class, () -> built.build(folder.resolve("dense-colorize-0.1.0.jar"))).getMessage();
		assertTrue(message.startsWith(unknown + " is of no known platform; known are ["), message);
		assertArrayEquals(before, Files.readAllBytes(built.site.resolve("db.xml.gz")));
		Files.delete(unknown);
	}

	/** A record without a version but with a former one is that of a file that the Updater removes. */
	@Test
	public void filesOfTheFormerLayoutAreRemovedThoughTheSiteIsNew() {
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
		var old = BuiltSite.version(records.get("plugins/dense-colorize-0.1.0.jar"));
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
		assertEquals(List.of("jars/api.jar", "jars/jhdf.jar", "jars/quirks.jar"), BuiltSite.children(plugin, "dependency").stream().map(d -> d
			.getAttribute("filename")).toList());

		var gone = after.get("scripts/Plugins/Colorize/Scripts/Measure_Folder.ijm");
		assertEquals(0, BuiltSite.children(gone, "version").size());
		assertEquals(1, BuiltSite.children(gone, "previous-version").size());

		for (var name : List.of("jars/jhdf-0.13.0.jar", "models/microscopy/model.json"))
			assertEquals(BuiltSite.version(records.get(name)).getAttribute("timestamp"), BuiltSite.version(after.get(name)).getAttribute("timestamp"));

		// A third build of the same files keeps what was recorded.
		Thread.sleep(1100);
		assertEquals(files - 1 + " files, 0 new or changed, 0 gone", built.build(changed).get(0));
		var kept = built.records();
		assertEquals(after.keySet(), kept.keySet());
		for (var name : List.of("plugins/dense-colorize-0.1.1.jar", "scripts/Plugins/Colorize/Scripts/Measure_Folder.ijm"))
			assertEquals(attributes(after.get(name)), attributes(kept.get(name)));
	}

	/** Timestamps and checksums of all versions of a file. */
	private static List<String> attributes(Element plugin) {
		return Stream.of("version", "previous-version").flatMap(name -> BuiltSite.children(plugin, name).stream().map(v -> name + v.getAttribute(
			"timestamp") + v.getAttribute("timestamp-obsolete") + v.getAttribute("checksum"))).toList();
	}
}
