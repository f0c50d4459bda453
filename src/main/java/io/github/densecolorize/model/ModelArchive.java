package io.github.densecolorize.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import io.github.densecolorize.files.Lock;
import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.files.Workspace;

/** A model as a zip file that can be passed on: its folder with the files that belong to a model, and no others. */
public final class ModelArchive {

	/** Name of a model's file. */
	private static final String FILE = "model\\.json|weights\\.npz|README\\.md|training\\.csv|sample[\\w-]*\\.(?:tif|png)";
	/** Name of a folder, and of a model's file in it. */
	private static final Pattern ENTRY = Pattern.compile("([^/\\\\]+)/(" + FILE + ")?");
	/** What a package of the BioImage Model Zoo that this program wrote has beside the model's files. */
	private static final Pattern PACKAGED = Pattern.compile("rdf\\.yaml|weights\\.onnx|cover\\.png|test_\\w+\\.npy");
	/** Largest number of bytes of all files together; preset {@code paper} has half a gigabyte. */
	private static final long MOST = 2L << 30;

	private ModelArchive() {}

	/**
	 * @param folder of a model
	 * @param zip to write; must not exist
	 * @throws IOException if the folder is not a complete model, or the file can't be written; then no file is left behind
	 */
	public static void write(Path folder, Path zip) throws IOException {
		String hash;
		try (var model = ColorModel.open(folder, "cpu")) {
			hash = model.spec().sha256();
		}
		if (Files.exists(zip)) throw new IOException("File " + zip + " exists; choose another name.");
		var name = folder.toAbsolutePath().normalize().getFileName().toString();
		var fault = ModelName.fault(name);
		if (!fault.isEmpty()) throw new IOException("Model folder " + folder + " can't be exported, as its name " + fault + ": rename the folder.");
		try {
			var packed = files(folder);
			NewFile.write(zip, false, stream -> {
				var out = new ZipOutputStream(stream);
				for (var file : packed) {
					out.putNextEntry(new ZipEntry(name + "/" + file.getFileName()));
					Files.copy(file, out);
				}
				out.finish();
				// The specification is replaced before the weights, so if it is still the same, the weights are too.
				if (!ModelFolder.spec(folder).sha256().equals(hash)) throw new UncheckedIOException(new IOException("Model folder " + folder +
					" was replaced while it was packed, as by a training; export it again."));
			});
		}
		catch (UncheckedIOException e) {
			throw e.getCause();
		}
	}

	/** The files of a folder that belong to a model, by their names. */
	public static List<Path> files(Path folder) throws IOException {
		try (var files = Files.list(folder)) {
			return files.filter(file -> Files.isRegularFile(file) && file.getFileName().toString().matches(FILE)).sorted().toList();
		}
	}

	/**
	 * Installs a model. It becomes visible only after everything in it was checked.
	 *
	 * @param zip as {@link #write} makes it, or a package of the BioImage Model Zoo that this program wrote
	 * @param models folder in which the model's folder is made
	 * @return the model's folder
	 * @throws IOException if the file is not an archive of one complete model, or there is already a model of this name; then no file is left behind
	 */
	public static Path read(Path zip, Path models) throws IOException {
		return read(zip, models, MOST);
	}

	/** @param most largest number of bytes of all files together */
	static Path read(Path zip, Path models, long most) throws IOException {
		if (!Files.isRegularFile(zip)) throw new IOException("File " + zip + " does not exist; choose the zip file of a model.");
		try (var workspace = Workspace.in(models)) {
			var made = Files.createDirectory(workspace.path("model"));
			var name = unpack(zip, made, most);
			var folder = models.resolve(name);
			if (Files.exists(folder)) throw new IOException("Model folder " + folder + " exists; remove it first, or rename it.");
			ModelName.check(folder);
			ColorModel.open(made, "cpu").close();
			// A training of this name that has no model yet would replace this one.
			try (var lock = Lock.on(folder, "Model folder " + folder)) {
				workspace.land(made, folder, false);
			}
			return folder;
		}
	}

	/** @return the name of the only folder; of a package, the model's name */
	private static String unpack(Path zip, Path folder, long most) throws IOException {
		String name = null, packaged = null;
		long room = most;
		try (var in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip)))) {
			for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				boolean isFile = entry.getName().matches(FILE);
				if (isFile || PACKAGED.matcher(entry.getName()).matches()) {
					packaged = entry.getName();
					if (isFile) room -= copy(in, folder.resolve(packaged), room, zip);
					continue;
				}
				var parts = ENTRY.matcher(entry.getName());
				if (!parts.matches() || !ModelName.fault(parts.group(1)).isEmpty()) throw stray(zip, entry.getName());
				if (name != null && !name.equals(parts.group(1))) throw new IOException(zip + " holds two models, " + name + " and " + parts.group(
					1) + "; make a file for each.");
				name = parts.group(1);
				if (parts.group(2) != null) room -= copy(in, folder.resolve(parts.group(2)), room, zip);
			}
		}
		// The last two are what Java throws if the file ends too soon, and if names are no text.
		catch (ZipException | EOFException | IllegalArgumentException e) {
			throw new IOException(zip + " is damaged (" + e.getMessage() + "); copy it again.", e);
		}
		if (name != null && packaged != null) throw stray(zip, packaged);
		if (packaged != null) return ModelFolder.spec(folder).name();
		if (name == null) throw new IOException(zip + " is no zip file of a model; choose one that was exported.");
		return name;
	}

	private static IOException stray(Path zip, String entry) {
		return new IOException(zip + " holds \"" + entry.replaceAll("\\p{Cntrl}", "?") + "\", which is no file of a model; it was not imported.");
	}

	/** The size that an entry states may be wrong, so the bytes are counted while it is unpacked. */
	private static long copy(InputStream in, Path file, long room, Path zip) throws IOException {
		long copied = 0;
		var buffer = new byte[1 << 16];
		try (var out = Files.newOutputStream(file)) {
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				copied += n;
				if (copied > room) throw new IOException(zip + " unpacks to more data than a model can have; it was not imported.");
				out.write(buffer, 0, n);
			}
		}
		return copied;
	}
}
