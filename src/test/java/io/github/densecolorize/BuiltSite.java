package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;

/** An update site, built as {@code update-site/build} does of the jars on the class path, and what the Updater does with it. */
final class BuiltSite {

	static final List<Path> CLASS_PATH = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).filter(
		path -> path.toString().endsWith(".jar")).toList();
	/** Fiji's names of the platforms, by the engine's. */
	static final Map<String, String> PLATFORMS = Map.of("linux-x86_64", "linux64", "linux-aarch64", "linux-arm64", "osx-aarch64", "macos-arm64",
		"win-x86_64", "win64");
	/** Of the class path, what tests need, and PyTorch, which has a folder of its own. */
	private static final String NOT_SHIPPED = "(junit|opentest4j|apiguardian|surefire|spark|hadoop|scala|groovy|jython|icu4j|bc|javafx|pytorch-native).*";
	private static final Path ROOT = Path.of("update-site"), CLASSES = Path.of("target/classes");

	final Path site, dependencies, natives, scripts;
	private final Method tool;

	/**
	 * Collects the jars and the scripts.
	 *
	 * @param whole whether it is for use: all jars, and the real PyTorch for this platform; else, as for other platforms, a jar with its
	 *          manifest
	 */
	BuiltSite(Path folder, boolean whole) throws IOException, ReflectiveOperationException {
		tool = tool(Files.createDirectory(folder.resolve("tool")));
		site = folder.resolve("site");
		dependencies = Files.createDirectory(folder.resolve("dependencies"));
		natives = Files.createDirectory(folder.resolve("natives"));
		scripts = Files.createDirectory(folder.resolve("scripts"));
		for (var jar : CLASS_PATH) {
			var name = jar.getFileName().toString();
			if (whole ? !name.matches(NOT_SHIPPED) : name.matches("(api|jhdf)-.*")) Files.copy(jar, dependencies.resolve(name));
		}
		if (whole) Files.copy(engine(), natives.resolve(engine().getFileName()));
		for (var platform : PLATFORMS.keySet()) {
			var jar = natives.resolve("pytorch-native-cpu-2.7.1-" + platform + ".jar");
			if (!Files.exists(jar)) jar(jar, Map.of("META-INF/MANIFEST.MF",
				"Manifest-Version: 1.0\nAutomatic-Module-Name: ai.djl.pytorch_native_cpu_" + platform + "\n", "native", platform));
		}
		try (var files = Files.list(Path.of("scripts"))) {
			for (var script : files.toList())
				Files.copy(script, scripts.resolve(script.getFileName()));
		}
	}

	/** PyTorch for this platform. */
	private static Path engine() {
		return CLASS_PATH.stream().filter(jar -> jar.getFileName().toString().startsWith("pytorch-native")).findFirst().orElseThrow();
	}

	/** As Fiji calls it. */
	static String platform() {
		var name = engine().getFileName().toString();
		return PLATFORMS.entrySet().stream().filter(p -> name.contains(p.getKey())).findFirst().orElseThrow().getValue();
	}

	/** Compiled once, as that takes longer than to build a site. */
	private static Method tool(Path folder) throws ReflectiveOperationException, IOException {
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", folder.toString(), "-cp", System.getProperty(
			"java.class.path"), ROOT.resolve("UpdateSite.java").toString()));
		return new URLClassLoader(new URL[] { folder.toUri().toURL() }).loadClass("UpdateSite").getMethod("main", String[].class);
	}

	/** @return what the tool prints */
	List<String> build(Path plugin) throws Exception {
		var out = System.out;
		var printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			tool.invoke(null, (Object) new String[] { site.toString(), ROOT.toString(), dependencies.toString(), natives.toString(), "models", scripts
				.toString(), plugin.toString() });
		}
		catch (InvocationTargetException e) {
			throw (Exception) e.getCause();
		}
		finally {
			System.setOut(out);
		}
		return printed.toString(StandardCharsets.UTF_8).lines().toList();
	}

	static String java(Path home) {
		return home.resolve("bin").resolve("java").toString();
	}

	static void jar(Path file, Map<String, String> content) throws IOException {
		try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
			for (var entry : content.entrySet()) {
				out.putNextEntry(new ZipEntry(entry.getKey()));
				out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	static Path pluginJar(Path file) throws IOException {
		try (var out = new ZipOutputStream(Files.newOutputStream(file)); var classes = Files.walk(CLASSES)) {
			for (var path : classes.filter(f -> Files.isRegularFile(f) && !f.startsWith(CLASSES.resolve("io/github/densecolorize/spark"))).toList()) {
				out.putNextEntry(new ZipEntry(CLASSES.relativize(path).toString().replace(File.separatorChar, '/')));
				Files.copy(path, out);
			}
		}
		return file;
	}

	/** By file name. */
	Map<String, Element> records() throws Exception {
		try (var in = new GZIPInputStream(Files.newInputStream(site.resolve("db.xml.gz")))) {
			var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
			assertEquals("pluginRecords", root.getNodeName());
			var records = new TreeMap<String, Element>();
			for (var plugin : children(root, "plugin"))
				records.put(plugin.getAttribute("filename"), plugin);
			return records;
		}
	}

	static List<Element> children(Element parent, String name) {
		var nodes = parent.getElementsByTagName(name);
		return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
	}

	static Element version(Element plugin) {
		return children(plugin, "version").get(0);
	}

	/** What Fiji does with the records of its platform; sizes are checked on the way. */
	void install(String platform, Path fiji) throws Exception {
		for (var plugin : records().values()) {
			var platforms = children(plugin, "platform");
			boolean isHere = platforms.isEmpty() || platforms.get(0).getTextContent().equals(platform);
			if (!isHere || children(plugin, "version").isEmpty()) continue;
			var path = plugin.getAttribute("filename");
			var content = site.resolve(path + "-" + version(plugin).getAttribute("timestamp"));
			assertEquals(version(plugin).getAttribute("filesize"), String.valueOf(Files.size(content)));
			Files.createDirectories(fiji.resolve(path).getParent());
			Files.copy(content, fiji.resolve(path));
		}
	}
}
