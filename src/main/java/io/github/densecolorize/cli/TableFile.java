package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import picocli.CommandLine.Option;

import io.github.densecolorize.files.NewFile;

/**
 * The file that a command writes its table to. A table of an earlier run is replaced, any other file only if the user asks for it, and an input
 * never.
 */
final class TableFile {

	@Option(names = "--csv", paramLabel = "FILE", description = "Write the table to this file; a table of an earlier run is replaced.")
	private Path file;
	@Option(names = "--overwrite", description = "Replace the file to write whatever it holds, unless it is an input.")
	private boolean overwrite;

	private List<Path> inputs = List.of();

	/** Whether the user named such a file. */
	boolean isGiven() {
		return file != null;
	}

	/**
	 * To be called before the work.
	 *
	 * @param read files, and folders of them, that the command reads; null stands for none
	 * @throws IOException if the table could not be written, or would replace something that it must not replace
	 */
	void check(List<String> columns, Path... read) throws IOException {
		inputs = Arrays.stream(read).filter(path -> path != null && Files.exists(path)).toList();
		if (file != null && !isTable(columns)) checkFree(file);
	}

	/**
	 * Checks whether a file of another kind may be written.
	 *
	 * @throws IOException as for the table
	 */
	void checkFree(Path other) throws IOException {
		var folder = other.toAbsolutePath().getParent();
		if (folder == null || Files.isDirectory(other)) throw new IOException("File " + other + " is a folder; give the name of a file.");
		if (!Files.isDirectory(folder)) throw new IOException("Folder of " + other + " does not exist; make it first.");
		if (!Files.exists(other)) return;
		for (var input : inputs)
			if (Files.isSameFile(other, input) || Files.isDirectory(input) && other.toRealPath().startsWith(input.toRealPath()))
				throw new IOException("File " + other + " is one of the inputs; give another name.");
		if (!overwrite) throw new IOException("File " + other + " exists and is no table of an earlier run; give another name, or --overwrite.");
	}

	/** Whether the file begins like a table with these columns. */
	private boolean isTable(List<String> columns) throws IOException {
		if (!Files.isRegularFile(file)) return false;
		var header = new TextTable(columns).csv().getBytes(StandardCharsets.UTF_8);
		try (var in = Files.newInputStream(file)) {
			return Arrays.equals(header, in.readNBytes(header.length));
		}
	}

	/** Writes the table, if a file was given. */
	void write(TextTable table) throws IOException {
		if (file == null) return;
		boolean replace = isTable(table.columns());
		if (!replace) checkFree(file);
		NewFile.write(file, replace || overwrite, out -> out.write(table.csv().getBytes(StandardCharsets.UTF_8)));
	}

	/** Whether other files that are there may be replaced. */
	boolean overwrites() {
		return overwrite;
	}
}
