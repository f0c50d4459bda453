package io.github.densecolorize.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import io.github.densecolorize.files.Lock;
import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.files.Sha256;
import io.github.densecolorize.files.Trees;

/**
 * A list of models that can be fetched, {@value #FILE}, which lies beside their zip files on any web server or disk. Nothing is fetched before the
 * user asks for it.
 */
public final class ModelIndex {

	/** Name of the file. */
	public static final String FILE = "models.json";

	private static final int FORMAT = 1, MOST_BYTES = 1 << 20;
	private static final long MOST_ZIP_BYTES = 2L << 30;
	private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

	/**
	 * A model that can be fetched.
	 *
	 * @param name of the model and of its folder
	 * @param version the first digits of the SHA-256 of its weights
	 * @param classes that a user may choose
	 * @param licence of the model
	 * @param bytes of the zip file
	 * @param sha256 of the zip file
	 * @param url of the zip file, seen from the list
	 */
	public record Entry(String name, String version, List<String> classes, String licence, long bytes, String sha256, String url) {

		private void check() throws IOException {
			var fault = name == null || version == null || classes == null || licence == null || sha256 == null || url == null
				? "lacks name, version, classes, licence, sha256 or url" : !ModelName.fault(name).isEmpty() ? "has a name that " + ModelName.fault(name)
				: !HASH.matcher(sha256).matches() ? "has no SHA-256" : bytes < 1 || bytes > MOST_ZIP_BYTES ? "has " + bytes + " bytes" : "";
			if (!fault.isEmpty()) throw new IOException("entry \"" + name + "\" " + fault);
		}
	}

	/** What the file holds. */
	private record Content(int format, List<Entry> models) {}

	private final URI source;
	private final List<Entry> models;

	private ModelIndex(URI source, List<Entry> models) {
		this.source = source;
		this.models = models;
	}

	/**
	 * Reads a list.
	 *
	 * @param address of the file, or of its folder if it ends in a slash: http, https or file, or a path
	 * @throws IOException with a sentence if it can't be read
	 */
	public static ModelIndex read(String address) throws IOException {
		try {
			var source = uri(address.trim().endsWith("/") ? address.trim() + FILE : address.trim());
			try (var in = Web.open(source).getInputStream()) {
				var text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
				var content = new GsonBuilder().create().fromJson(text, Content.class);
				if (content == null || content.models == null) throw new IOException("it is no list of models");
				if (content.format != FORMAT) throw new IOException("its format is " + content.format + "; this version reads " + FORMAT);
				for (var entry : content.models)
					entry.check();
				return new ModelIndex(source, List.copyOf(content.models));
			}
		}
		catch (IOException | JsonParseException | NullPointerException | IllegalArgumentException | URISyntaxException e) {
			throw new IOException("The list of models " + address + " can't be read: " + reason(e) + "; check the address.", e);
		}
	}

	private static String reason(Exception e) {
		return e instanceof FileNotFoundException ? "it is not there" : e instanceof UnknownHostException ? "there is no server of this name" : e
			.getMessage();
	}

	private static URI uri(String address) throws URISyntaxException {
		if (!address.matches("[A-Za-z]{2,}:.*")) return Path.of(address).toAbsolutePath().normalize().toUri();
		var uri = new URI(address);
		if (!List.of("http", "https", "file").contains(uri.getScheme().toLowerCase(Locale.ROOT))) throw new IllegalArgumentException("it begins with " + uri
			.getScheme() + ", must be http, https or file");
		return uri;
	}

	/** The models, in the order of the file. */
	public List<Entry> models() {
		return models;
	}

	/**
	 * Fetches a model and installs it. If that is interrupted, what has arrived is kept, and the next call goes on from there.
	 *
	 * @param name of one of the {@link #models()}
	 * @param folder of models
	 * @param progress told how many bytes have arrived, and how many there are; may throw a {@code CancellationException}
	 * @return the model's folder
	 * @throws IOException with a sentence if it can't be fetched, is not what the list says, or there is a model of this name
	 */
	public Path fetch(String name, Path folder, BiConsumer<Long, Long> progress) throws IOException {
		var entry = models.stream().filter(each -> each.name.equals(name.trim())).findFirst().orElseThrow(() -> new IOException("Model is \"" + name +
			"\"; the list " + source + " has " + models.stream().map(Entry::name).collect(Collectors.joining(", ")) + "."));
		if (Files.exists(folder.resolve(entry.name))) throw new IOException("Model folder " + folder.resolve(entry.name) +
			" exists; remove it first, or rename it.");
		checkAddress(entry);
		Files.createDirectories(folder);
		var part = folder.resolve(".download-" + entry.sha256 + ".zip");
		try (var lock = Lock.on(part, "Model " + entry.name)) {
			download(entry, part, progress);
			if (!Sha256.of(part).equals(entry.sha256)) {
				Files.delete(part);
				throw new IOException("The file of model " + entry.name + " that was fetched from " + address(entry) +
					" is not the one that the list names (its SHA-256 differs); nothing was installed. Try again, or tell those who run the server.");
			}
			var installed = ModelArchive.read(part, folder);
			Files.delete(part);
			return installed;
		}
	}

	private URI address(Entry entry) {
		return source.resolve(entry.url);
	}

	/** A list on the web must not make this program read a file of this machine. */
	private void checkAddress(Entry entry) throws IOException {
		var scheme = String.valueOf(address(entry).getScheme());
		if (!scheme.startsWith("http") && !scheme.equals(source.getScheme())) throw new IOException("Model " + entry.name + " of the list " + source +
			" is at " + address(entry) + ", which is not on the web; it was not fetched.");
	}

	private void download(Entry entry, Path part, BiConsumer<Long, Long> progress) throws IOException {
		long there = Files.exists(part) ? Files.size(part) : 0;
		if (there == entry.bytes) return;
		try {
			var connection = Web.open(address(entry));
			if (there > 0 && there < entry.bytes) connection.setRequestProperty("Range", "bytes=" + there + "-");
			try (var in = connection.getInputStream()) {
				// A server that does not know ranges sends the file from its beginning.
				boolean goesOn = connection instanceof HttpURLConnection http && http.getResponseCode() == HttpURLConnection.HTTP_PARTIAL;
				long from = goesOn ? there : 0;
				if (!goesOn) Files.deleteIfExists(part);
				try (var out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
					var counted = new Web.Counted(in, n -> progress.accept(from + n, entry.bytes)))
				{
					var buffer = new byte[1 << 16];
					long left = entry.bytes - from;
					for (int n = counted.read(buffer); n > 0 && left >= 0; n = counted.read(buffer)) {
						left -= n;
						out.write(buffer, 0, n);
					}
				}
			}
		}
		catch (IOException e) {
			throw stopped(entry, part, e);
		}
		if (Files.size(part) < entry.bytes) throw stopped(entry, part, null);
	}

	private IOException stopped(Entry entry, Path part, IOException e) {
		long arrived = part.toFile().length();
		return new IOException("Model " + entry.name + " could not be fetched from " + address(entry) + ": " + (e == null ? "the connection ended" : reason(
			e)) + " after " + arrived + " of " + entry.bytes + " bytes. Try again; it goes on from there.", e);
	}

	/**
	 * Writes the list of the zip files in a folder, as {@link ModelArchive#write} makes them.
	 *
	 * @return the file
	 * @throws IOException if one of them is no model, or the file can't be written
	 */
	public static Path write(Path folder) throws IOException {
		var entries = new ArrayList<Entry>();
		try (var zips = Files.newDirectoryStream(folder, "*.zip")) {
			for (var zip : zips)
				entries.add(entry(zip));
		}
		entries.sort((one, other) -> one.name.compareTo(other.name));
		var json = new GsonBuilder().setPrettyPrinting().create().toJson(new Content(FORMAT, entries)) + "\n";
		NewFile.write(folder.resolve(FILE), true, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
		return folder.resolve(FILE);
	}

	private static Entry entry(Path zip) throws IOException {
		var unpacked = Files.createTempDirectory("dense-colorize");
		try {
			var spec = ModelFolder.spec(ModelArchive.read(zip, unpacked));
			var file = zip.getFileName().toString();
			try {
				return new Entry(spec.name(), version(spec), spec.choices(), spec.training() == null ? "" : spec.training().licence(), Files.size(zip), Sha256
					.of(zip), new URI(null, null, file, null).toASCIIString());
			}
			catch (URISyntaxException e) {
				throw new IOException("File " + zip + " has a name that no address can have; rename it.", e);
			}
		}
		finally {
			Trees.delete(unpacked);
		}
	}

	/** How a list names the version of a model. */
	public static String version(ModelSpec spec) {
		return spec.sha256().substring(0, 12);
	}
}
