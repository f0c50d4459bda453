import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.scijava.util.FileUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Makes a folder an update site of Fiji: each file as {@code <path>-<timestamp>}, and {@code db.xml.gz} with what there is, as
 * {@code net.imagej.updater} reads it. What has not changed since the last time keeps its timestamp; what has is added, and its last version
 * recorded, so that Fiji knows an outdated file from one that its user changed.
 * <p>
 * Run by {@code update-site/build}, with scijava-common on the class path.
 * </p>
 */
public final class UpdateSite {

	private static final String DATABASE = "db.xml.gz";
	private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
	/** Fiji's names of the platforms, by the engine's. */
	private static final Map<String, String> PLATFORMS = Map.of("linux-x86_64", "linux64", "linux-aarch64", "linux-arm64", "osx-aarch64",
		"macos-arm64", "win-x86_64", "win64");
	private static final String DESCRIPTION = "Colorizes grayscale images and stacks with a dense neural network; the gray values stay";

	/** A file in Fiji's folder and where its content is. */
	private record Entry(String path, Path content, String platform) {

		/** The Updater takes two versions of a jar as one file by this name. */
		String name() {
			return FileUtils.stripFilenameVersion(path);
		}
	}

	private final Path folder;
	private final String now = LocalDateTime.now(ZoneOffset.UTC).format(TIMESTAMP);
	/** Records of the last time, by the name without version. */
	private final Map<String, Element> before = new TreeMap<>();
	private final Document database;

	/** @param former lines of checksum and path: files of earlier layouts, recorded as gone even if the folder has no record of them */
	private UpdateSite(Path folder, List<String> former) throws IOException, ParserConfigurationException, SAXException {
		this.folder = folder;
		var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
		var last = folder.resolve(DATABASE);
		if (Files.exists(last)) try (var in = new GZIPInputStream(Files.newInputStream(last))) {
			for (var plugin : elements(builder.parse(in).getDocumentElement(), "plugin"))
				before.put(FileUtils.stripFilenameVersion(plugin.getAttribute("filename")), plugin);
		}
		for (var plugin : before.values())
			for (var version : elements(plugin, "version"))
				if (version.getAttribute("timestamp").compareTo(now) >= 0) throw new IOException("Site " + folder + " has a file of " + version
					.getAttribute("timestamp") + ", now it is " + now + " (UTC); correct the clock, or wait.");
		database = builder.newDocument();
		database.appendChild(database.createElement("pluginRecords"));
		for (var line : former) {
			var file = line.split(" ");
			var record = database.createElement("plugin");
			record.setAttribute("filename", file[1]);
			previous(record, now, file[0], file[1]);
			before.putIfAbsent(FileUtils.stripFilenameVersion(file[1]), record);
		}
	}

	/**
	 * @param arguments the site's folder; the folder of {@code fiji-jars.txt} and {@code former-files.txt}; folders of the dependencies, of
	 *          the natives, of the models and of the scripts; the plugin
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length != 7) {
			System.err.println("UpdateSite takes 7 arguments, not " + arguments.length + "; run update-site/build.");
			System.exit(2);
		}
		var paths = Arrays.stream(arguments).map(Path::of).toList();
		var lists = paths.get(1);
		new UpdateSite(paths.get(0), lines(lists.resolve("former-files.txt"))).write(entries(Set.copyOf(lines(lists.resolve("fiji-jars.txt"))),
			paths.subList(2, 7)));
	}

	private static List<String> lines(Path list) throws IOException {
		try (var lines = Files.lines(list)) {
			return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
		}
	}

	private static List<Entry> entries(Set<String> shipped, List<Path> from) throws IOException {
		Path dependencies = from.get(0), natives = from.get(1), models = from.get(2), scripts = from.get(3), plugin = from.get(4);
		var entries = new ArrayList<Entry>();
		// The plugin comes last, when the timestamps of what it depends on are known.
		for (var jar : files(dependencies, name -> name.endsWith(".jar"))) {
			var name = jar.getFileName().toString();
			boolean isNative = PLATFORMS.keySet().stream().anyMatch(platform -> name.endsWith("-" + platform + ".jar"));
			if (!isNative && !shipped.contains(FileUtils.stripFilenameVersion(name).replace(".jar", ""))) entries.add(new Entry("jars/" + name, jar,
				""));
		}
		for (var jar : files(natives, name -> name.endsWith(".jar"))) {
			var name = jar.getFileName().toString();
			var engine = PLATFORMS.keySet().stream().filter(p -> name.endsWith("-" + p + ".jar")).findFirst().orElseThrow(() -> new IOException(
				jar + " is of no known platform; known are " + PLATFORMS.keySet() + "."));
			var platform = PLATFORMS.get(engine);
			// Not jars/<platform>: Fiji makes that Java's module path, and Java refuses these jars' module name and ends. The platform stands
			// before the version, so that the Updater takes it for a part of the name.
			entries.add(new Entry("jars/pytorch/" + name.replace("-" + engine, "").replaceFirst("-(?=\\d)", "-" + platform + "-"), jar, platform));
		}
		for (var file : files(models, name -> true))
			entries.add(new Entry("models/" + models.relativize(file).toString().replace('\\', '/'), file, ""));
		for (var script : files(scripts, name -> name.endsWith(".ijm")))
			entries.add(new Entry("scripts/Plugins/Colorize/Scripts/" + script.getFileName(), script, ""));
		entries.add(new Entry("plugins/" + plugin.getFileName(), plugin, ""));
		return entries;
	}

	private static List<Path> files(Path folder, Predicate<String> name) throws IOException {
		try (var files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).filter(file -> name.test(file.getFileName().toString())).sorted().toList();
		}
	}

	private void write(List<Entry> entries) throws IOException, TransformerException, NoSuchAlgorithmException {
		Files.createDirectories(folder);
		var timestamps = new TreeMap<String, String>();
		var sizes = new TreeMap<String, Long>();
		int changed = 0;
		for (var entry : entries) {
			var last = before.remove(entry.name());
			var checksum = checksum(entry.path(), entry.content());
			boolean same = last != null && elements(last, "version").stream().anyMatch(v -> v.getAttribute("checksum").equals(checksum));
			var timestamp = same ? elements(last, "version").get(0).getAttribute("timestamp") : now;
			var stored = folder.resolve(entry.path() + "-" + timestamp);
			if (!Files.exists(stored)) {
				Files.createDirectories(stored.getParent());
				Files.copy(entry.content(), stored, StandardCopyOption.COPY_ATTRIBUTES);
			}
			if (!same) changed++;
			record(entry, checksum, timestamp, Files.size(stored), last, timestamps);
			timestamps.put(entry.name(), timestamp);
			sizes.merge(entry.platform(), Files.size(stored), Long::sum);
		}
		// What is left was there and is no more: a record without a version tells the Updater to remove it.
		for (var gone : before.values())
			previous(plugin(gone.getAttribute("filename")), gone);
		save();
		long gone = before.values().stream().filter(record -> !elements(record, "version").isEmpty()).count();
		System.out.printf("%d files, %d new or changed, %d gone%n", entries.size(), changed, gone);
		for (var platform : sizes.keySet())
			if (!platform.isEmpty()) System.out.printf("%s: %.1f MB to download%n", platform, (sizes.get("") + sizes.get(platform)) / 1e6);
	}

	private Element plugin(String path) {
		var plugin = child(database.getDocumentElement(), "plugin");
		plugin.setAttribute("filename", path);
		return plugin;
	}

	private void record(Entry entry, String checksum, String timestamp, long size, Element last, Map<String, String> dependencies) {
		var plugin = plugin(entry.path());
		if (!entry.platform().isEmpty()) child(plugin, "platform").setTextContent(entry.platform());
		var version = child(plugin, "version");
		version.setAttribute("checksum", checksum);
		version.setAttribute("timestamp", timestamp);
		version.setAttribute("filesize", String.valueOf(size));
		if (entry.path().startsWith("plugins/")) {
			child(version, "description").setTextContent(DESCRIPTION);
			dependencies.forEach((name, time) -> {
				// A native is of one platform, the plugin of all.
				if (!name.matches("jars/[^/]+")) return;
				var dependency = child(version, "dependency");
				dependency.setAttribute("filename", name);
				dependency.setAttribute("timestamp", time);
			});
		}
		if (last != null) previous(plugin, last);
	}

	/** Records the versions of the last time that are not the present one. */
	private void previous(Element plugin, Element last) {
		var present = elements(plugin, "version").stream().map(v -> v.getAttribute("checksum")).collect(Collectors.toSet());
		for (var version : elements(last, "version"))
			if (!present.contains(version.getAttribute("checksum"))) previous(plugin, version.getAttribute("timestamp"), version.getAttribute(
				"checksum"), last.getAttribute("filename"));
		for (var older : elements(last, "previous-version"))
			plugin.appendChild(database.importNode(older, true));
	}

	private void previous(Element plugin, String timestamp, String checksum, String path) {
		var old = child(plugin, "previous-version");
		old.setAttribute("timestamp", timestamp);
		old.setAttribute("timestamp-obsolete", now);
		old.setAttribute("checksum", checksum);
		old.setAttribute("filename", path);
	}

	private Element child(Element parent, String name) {
		return (Element) parent.appendChild(database.createElement(name));
	}

	private static List<Element> elements(Node parent, String name) {
		var children = parent.getChildNodes();
		return IntStream.range(0, children.getLength()).mapToObj(children::item).filter(node -> node.getNodeName().equals(name)).map(
			Element.class::cast).toList();
	}

	/** Last of all, and in one step: a site that is being read is whole. */
	private void save() throws IOException, TransformerException {
		var part = folder.resolve(DATABASE + ".part");
		try (var out = new GZIPOutputStream(Files.newOutputStream(part))) {
			var transformer = TransformerFactory.newInstance().newTransformer();
			transformer.setOutputProperty(OutputKeys.INDENT, "yes");
			transformer.transform(new DOMSource(database), new StreamResult(out));
		}
		Files.move(part, folder.resolve(DATABASE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/** SHA-1 as the Updater takes it: of the path and the content, but of a jar's entries, so that its dates do not count. */
	private static String checksum(String path, Path file) throws IOException, NoSuchAlgorithmException {
		var digest = MessageDigest.getInstance("SHA-1");
		if (!path.endsWith(".jar")) {
			digest.update(path.getBytes(StandardCharsets.US_ASCII));
			try (var in = Files.newInputStream(file)) {
				update(digest, in);
			}
		}
		else try (var jar = new JarFile(file.toFile())) {
			for (var entry : jar.stream().sorted((a, b) -> a.getName().compareTo(b.getName())).toList()) {
				digest.update(entry.getName().getBytes(StandardCharsets.US_ASCII));
				try (var in = content(jar, entry)) {
					update(digest, in);
				}
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static InputStream content(JarFile jar, ZipEntry entry) throws IOException {
		if (entry.getName().equals(JarFile.MANIFEST_NAME)) return InputStream.nullInputStream();
		var in = jar.getInputStream(entry);
		return entry.getName().endsWith(".properties") ? new ByteArrayInputStream(withoutComments(in.readAllBytes())) : in;
	}

	/**
	 * Lines that begin with # shrink to their end. To the Updater a line after an empty one has no beginning; its checksums have to be met,
	 * so that holds here too.
	 */
	private static byte[] withoutComments(byte[] text) {
		var kept = new ByteArrayOutputStream();
		boolean atStart = true, inComment = false;
		for (byte c : text) {
			if (atStart && c == '#') {
				inComment = true;
				continue;
			}
			atStart = !atStart && c == '\n';
			if (!inComment || c == '\n') kept.write(c);
			if (c == '\n') inComment = false;
		}
		return kept.toByteArray();
	}

	private static void update(MessageDigest digest, InputStream in) throws IOException {
		var buffer = new byte[1 << 16];
		for (int n = in.read(buffer); n >= 0; n = in.read(buffer))
			digest.update(buffer, 0, n);
	}
}
