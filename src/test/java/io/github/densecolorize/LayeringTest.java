package io.github.densecolorize;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** Which package may import what: {@code spark -> cli; command -> dialog; command, cli -> measure, dataset -> colorize -> root, open; train -> root -> data ->
 * model -> net, image, files}, and nothing back. */
public class LayeringTest {

	private static final Path SOURCES = Path.of("src/main/java/io/github/densecolorize");
	private static final Pattern OURS = Pattern.compile("^import (?:static )?io\\.github\\.densecolorize\\.(?:([a-z]+)\\.)?[A-Z]", Pattern.MULTILINE);
	private static final Map<String, List<String>> MAY_USE = Map.ofEntries( //
		entry("image", List.of()), //
		entry("net", List.of()), //
		entry("files", List.of()), //
		entry("model", List.of("net", "image", "files")), //
		entry("onnx", List.of("model", "net", "image", "files")), //
		entry("data", List.of("model", "net", "image", "files")), //
		entry("", List.of("data", "model", "net", "image", "files")), //
		entry("train", List.of("", "data", "model", "net", "image", "files")), //
		entry("open", List.of("image")), //
		entry("slides", List.of()), //
		entry("colorize", List.of("open", "slides", "onnx", "", "data", "model", "net", "image", "files")), //
		entry("measure", List.of("colorize", "open", "", "data", "model", "net", "image", "files")), //
		entry("dataset", List.of("colorize", "open", "", "data", "model", "net", "image", "files")), //
		entry("dialog", List.of()), //
		entry("command", List.of("dialog", "measure", "dataset", "colorize", "open", "train", "", "data", "model", "net", "image", "files")), //
		entry("cli", List.of("measure", "dataset", "colorize", "open", "train", "", "data", "model", "net", "image", "files")), //
		entry("spark", List.of("cli", "measure", "dataset", "colorize", "open", "train", "", "data", "model", "net", "image", "files")));
	/** Libraries, and the packages that may know them. */
	private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries( //
		entry("ij", List.of("open", "colorize", "measure", "dataset", "dialog", "command", "cli")), //
		entry("org.apache.spark", List.of("spark")), //
		entry("org.apache.hadoop", List.of("spark")), //
		entry("org.apache.parquet", List.of("spark")), //
		entry("org.scijava", List.of("dialog", "command")), //
		entry("java.awt", List.of("open", "colorize", "measure", "dataset", "dialog", "command", "cli")), //
		entry("picocli", List.of("cli", "spark")), //
		entry("io.jhdf", List.of("data")), //
		entry("ai.onnx", List.of("onnx")), //
		entry("com.google.protobuf", List.of("onnx")), //
		entry("ai.djl", List.of("net", "model", "onnx", "train", "")));

	@Test
	public void importsFollowTheLayers() throws IOException {
		var wrong = new TreeSet<String>();
		try (var files = Files.walk(SOURCES)) {
			for (var file : files.filter(f -> f.toString().endsWith(".java")).toList())
				check(file, wrong);
		}
		assertEquals(new TreeSet<>(), wrong);
	}

	private static void check(Path file, TreeSet<String> wrong) throws IOException {
		var layer = SOURCES.relativize(file.getParent()).toString();
		var text = Files.readString(file);
		var imports = OURS.matcher(text);
		while (imports.find()) {
			var used = imports.group(1) == null ? "" : imports.group(1);
			if (!used.equals(layer) && !MAY_USE.get(layer).contains(used)) wrong.add(file + " imports package '" + used + "'");
		}
		if (layer.equals("files") && Pattern.compile("^import (static )?(?!java\\.|io\\.github\\.densecolorize\\.)", Pattern.MULTILINE).matcher(text).find())
			wrong.add(file + " imports a library");
		MAY_KNOW.forEach((library, layers) -> {
			boolean known = Pattern.compile("^import (static )?" + Pattern.quote(library) + "\\.", Pattern.MULTILINE).matcher(text).find();
			if (known && !layers.contains(layer)) wrong.add(file + " imports " + library);
		});
	}
}
