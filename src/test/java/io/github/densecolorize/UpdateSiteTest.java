package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.w3c.dom.Element;

import ij.IJ;

import io.github.densecolorize.command.ColorizeFolderCommand;
import io.github.densecolorize.imagej.Provenance;

/** {@code update-site/}: builds a site of the real jars, installs it into an empty Fiji and runs a command from there. */
public class UpdateSiteTest {

	private static final Path ROOT = Path.of("update-site"), CLASSES = Path.of("target/classes");
	private static final List<Path> CLASS_PATH = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
		.filter(path -> path.toString().endsWith(".jar")).toList();

	@TempDir
	Path folder;
	private Path site, dependencies, natives, scripts, fiji;

	/** What {@code update-site/build} collects; of the natives of other platforms, empty jars. */
	@BeforeEach
	void collect() throws IOException {
		site = folder.resolve("site");
		fiji = folder.resolve("Fiji");
		dependencies = Files.createDirectory(folder.resolve("dependencies"));
		natives = Files.createDirectory(folder.resolve("natives"));
		scripts = Files.createDirectory(folder.resolve("scripts"));
		for (var jar : CLASS_PATH) {
			var name = jar.getFileName().toString();
			if (name.matches("(junit|opentest4j|apiguardian|surefire|spark|hadoop|scala).*")) continue;
			boolean isNative = name.startsWith("pytorch-native");
			Files.copy(jar, (isNative ? natives : dependencies).resolve(name));
		}
		for (var platform : List.of("linux-x86_64", "win-x86_64", "osx-aarch64", "linux-aarch64")) {
			var jar = natives.resolve("pytorch-native-cpu-2.7.1-" + platform + ".jar");
			if (!Files.exists(jar)) jar(jar, Map.of("native", platform));
		}
		Files.writeString(scripts.resolve("One.ijm"), "print(1);");
		Files.writeString(scripts.resolve("dense-colorize"), "not for Fiji");
	}

	private List<String> build(Path plugin) throws IOException, InterruptedException {
		var process = new ProcessBuilder(java(), "-cp", System.getProperty("java.class.path"), ROOT.resolve("UpdateSite.java").toString(), site
			.toString(), ROOT.resolve("fiji-jars.txt").toString(), dependencies.toString(), natives.toString(), "models", scripts.toString(), plugin
				.toString()).redirectErrorStream(true).start();
		var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), out);
		return out.lines().toList();
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static void jar(Path file, Map<String, String> content) throws IOException {
		try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
			for (var entry : content.entrySet()) {
				out.putNextEntry(new ZipEntry(entry.getKey()));
				out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private static Path pluginJar(Path file) throws IOException {
		try (var out = new ZipOutputStream(Files.newOutputStream(file)); var classes = Files.walk(CLASSES)) {
			for (var path : classes.filter(f -> Files.isRegularFile(f) && !f.startsWith(CLASSES.resolve("io/github/densecolorize/spark"))).toList()) {
				out.putNextEntry(new ZipEntry(CLASSES.relativize(path).toString().replace(File.separatorChar, '/')));
				Files.copy(path, out);
			}
		}
		return file;
	}

	/** Records by file name. */
	private Map<String, Element> records() throws Exception {
		try (var in = new GZIPInputStream(Files.newInputStream(site.resolve("db.xml.gz")))) {
			var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
			assertEquals("pluginRecords", root.getNodeName());
			var records = new TreeMap<String, Element>();
			for (var plugin : children(root, "plugin"))
				records.put(plugin.getAttribute("filename"), plugin);
			return records;
		}
	}

	private static List<Element> children(Element parent, String name) {
		var nodes = parent.getElementsByTagName(name);
		return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
	}

	private static Element version(Element plugin) {
		return children(plugin, "version").get(0);
	}

	private Path stored(Element plugin) {
		return site.resolve(plugin.getAttribute("filename") + "-" + version(plugin).getAttribute("timestamp"));
	}

	/** What Fiji does with the records of its platform; sizes are checked on the way. */
	private void install(String platform) throws Exception {
		for (var plugin : records().values()) {
			var platforms = children(plugin, "platform");
			if (!platforms.isEmpty() && !platforms.get(0).getTextContent().equals(platform)) continue;
			var content = stored(plugin);
			assertEquals(version(plugin).getAttribute("filesize"), String.valueOf(Files.size(content)));
			var target = fiji.resolve(plugin.getAttribute("filename"));
			Files.createDirectories(target.getParent());
			Files.copy(content, target);
		}
	}

	/** The expected checksums are those that {@code UpdaterUtil.getDigest} of imagej-updater 2.0.1 gives for these files. */
	@Test
	public void checksumsAreThoseOfTheUpdater() throws Exception {
		jar(dependencies.resolve("quirks-1.0.jar"), Map.of("z/Last.class", "last", "META-INF/MANIFEST.MF",
			"Manifest-Version: 1.0\nMain-Class: a.B\n", "a/first.properties",
			"#Tue Nov 24 17:00:00 UTC 2026\n##twice\nkey=value # no comment\n\n#after an empty line\n# last"));
		build(pluginJar(folder.resolve("dense-colorize-0.1.0.jar")));
		var checksums = records().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> version(e.getValue()).getAttribute(
			"checksum")));
		assertEquals("280a093c14b9c3e7541100ef2160b9e19fd43ce5", checksums.get("jars/quirks-1.0.jar"));
		assertEquals("d1edc700629361df48cc456b0933f4ead1b90f25", checksums.get("jars/api-0.35.1.jar"));
		assertEquals("74e3324a7e578a35ea3013fc136378c3eea7dd4e", checksums.get("jars/jhdf-0.13.0.jar"));
		assertEquals("b6c5e2043619b5dc89b7351185d2fccd13343a59", checksums.get("models/microscopy/sample.tif"));
	}

	@Test
	public void anEmptyFijiRunsACommandFromWhatWasInstalled() throws Exception {
		build(pluginJar(folder.resolve("dense-colorize-0.1.0.jar")));
		var platform = Stream.of("linux64", "linux-arm64", "macos-arm64", "win64").filter(name -> Files.exists(site.resolve("jars/" + name)))
			.filter(this::isLarge).findFirst().orElseThrow();
		install(platform);
		assertTrue(Files.exists(fiji.resolve("scripts/Plugins/Colorize/Scripts/One.ijm")));
		assertFalse(Files.exists(fiji.resolve("scripts/Plugins/Colorize/Scripts/dense-colorize")));
		assertEquals(1, Files.list(fiji.resolve("jars")).filter(Files::isDirectory).count());

		var shipped = shipped();
		var classPath = new ArrayList<Path>(List.of(Path.of("target/test-classes")));
		CLASS_PATH.stream().filter(jar -> shipped.contains(name(jar))).forEach(classPath::add);
		try (var jars = Files.walk(fiji)) {
			var installed = jars.filter(file -> file.toString().endsWith(".jar")).toList();
			assertEquals(List.of(), installed.stream().filter(jar -> shipped.contains(name(jar))).toList(), "Fiji has these already");
			classPath.addAll(installed);
		}
		var in = Files.createDirectory(folder.resolve("in"));
		Files.copy(Path.of("models/microscopy/sample.tif"), in.resolve("sample.tif"));
		var process = new ProcessBuilder(java(), "-Djava.awt.headless=true", "-Dplugins.dir=" + fiji, "-cp", classPath.stream().map(path -> path
			.toAbsolutePath().toString()).collect(Collectors.joining(File.pathSeparator)), Start.class.getName(), in.toString(), folder.resolve("out")
				.toString()).redirectErrorStream(true).start();
		var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), out);
		var result = IJ.openImage(folder.resolve("out/sample.tif").toString());
		assertEquals("microscopy", result.getProp(Provenance.PREFIX + "model"), out);
	}

	/** The command that the test starts in a Java of its own. */
	public static final class Start {

		public static void main(String[] folders) throws Exception {
			try (var context = new Context()) {
				context.service(CommandService.class).run(ColorizeFolderCommand.class, true, "inputFolder", new File(folders[0]), "outputFolder", new File(
					folders[1])).get();
			}
		}
	}

	private boolean isLarge(String platform) {
		try (var files = Files.list(site.resolve("jars/" + platform))) {
			return files.anyMatch(file -> file.toFile().length() > 1 << 20);
		}
		catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private static List<String> shipped() throws IOException {
		return Files.readAllLines(ROOT.resolve("fiji-jars.txt"));
	}

	/** Without version. */
	private static String name(Path jar) {
		return jar.getFileName().toString().replaceFirst("-\\d.*", "");
	}

	@Test
	public void aSecondBuildRecordsWhatChanged() throws Exception {
		build(pluginJar(folder.resolve("dense-colorize-0.1.0.jar")));
		var before = records();
		var old = version(before.get("plugins/dense-colorize-0.1.0.jar"));
		var changed = folder.resolve("dense-colorize-0.1.1.jar");
		jar(changed, Map.of("changed", "yes"));
		Files.delete(scripts.resolve("One.ijm"));
		// Timestamps have seconds.
		Thread.sleep(1100);
		assertEquals(before.size() - 1 + " files, 1 new or changed, 1 gone", build(changed).get(0));
		var after = records();

		var plugin = after.get("plugins/dense-colorize-0.1.1.jar");
		var previous = children(plugin, "previous-version");
		assertEquals(1, previous.size());
		assertEquals(old.getAttribute("checksum"), previous.get(0).getAttribute("checksum"));
		assertEquals(old.getAttribute("timestamp"), previous.get(0).getAttribute("timestamp"));
		assertEquals(version(plugin).getAttribute("timestamp"), previous.get(0).getAttribute("timestamp-obsolete"));
		assertEquals("plugins/dense-colorize-0.1.0.jar", previous.get(0).getAttribute("filename"));
		assertFalse(after.containsKey("plugins/dense-colorize-0.1.0.jar"));
		assertTrue(Files.exists(site.resolve("plugins/dense-colorize-0.1.0.jar-" + old.getAttribute("timestamp"))), "users may still load it");
		assertTrue(children(plugin, "dependency").stream().anyMatch(d -> d.getAttribute("filename").equals("jars/jhdf.jar")));

		var gone = after.get("scripts/Plugins/Colorize/Scripts/One.ijm");
		assertEquals(0, children(gone, "version").size());
		assertEquals(1, children(gone, "previous-version").size());

		for (var name : List.of("jars/jhdf-0.13.0.jar", "models/microscopy/model.json"))
			assertEquals(version(before.get(name)).getAttribute("timestamp"), version(after.get(name)).getAttribute("timestamp"));
	}
}
