package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks names of models, which are names of folders: they must be possible on every system, since archives are passed from one system to another.
 */
final class ModelName {

	/** Letters of any language and their accents, digits, and signs that have no meaning for a shell or a file system. */
	private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}_][\\p{L}\\p{M}\\p{N}_ .,+()-]*");
	/** Names that Windows takes for devices, with any ending. */
	private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
	private static final int MOST_BYTES = 200;

	private ModelName() {}

	/** @return a phrase that says what is wrong with the name; empty if nothing is */
	static String fault(String name) {
		if (!PLAIN.matcher(name).matches()) return "must begin with a letter or a digit and hold letters, digits, spaces and _ . , + ( ) - only";
		if (name.endsWith(".") || name.endsWith(" ")) return "must not end in a dot or a space, which Windows drops";
		if (DEVICE.matcher(name).matches()) return "is that of a device on Windows; take another";
		return name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES ? "is too long; must have at most " + MOST_BYTES + " bytes" : "";
	}

	/**
	 * Checks whether a new model may have this folder.
	 *
	 * @throws IOException if its name is not possible on every system, or differs from that of another model only by capital letters
	 */
	static void check(Path folder) throws IOException {
		var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
		var fault = fault(name);
		if (!fault.isEmpty()) throw new IOException("Model name \"" + name.replaceAll("\\p{Cntrl}", "?") + "\" can't be used: it " + fault + ".");
		var parent = folder.toAbsolutePath().normalize().getParent();
		if (!Files.isDirectory(parent) || Files.exists(folder)) return;
		try (var others = Files.newDirectoryStream(parent, Files::isDirectory)) {
			for (var other : others)
				if (key(other.getFileName().toString()).equals(key(name))) throw new IOException("Model name \"" + name +
					"\" differs from that of " + other + " by case only, which not every system can tell; take another.");
		}
	}

	private static String key(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
	}
}
