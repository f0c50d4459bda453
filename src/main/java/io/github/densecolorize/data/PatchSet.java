package io.github.densecolorize.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.densecolorize.model.Scale;

/** Colour images of known classes, held in memory at the model's scale. */
public final class PatchSet {

	private final List<String> classes;
	private final List<ColorSample> samples;
	private final int fieldSize;

	private PatchSet(List<String> classes, List<ColorSample> samples, int fieldSize) {
		this.classes = classes;
		this.samples = samples;
		this.fieldSize = fieldSize;
	}

	/**
	 * Reads a folder with one subfolder a class, or a flat one, which is one class.
	 *
	 * @param scale of the model that is to be trained
	 * @param fieldSize side of the guidance image (<i>G</i>)
	 * @param reader opens a file
	 * @param skipped told a sentence for each file that can't be opened
	 * @throws IOException if the folder can't be read or holds no image
	 */
	public static PatchSet read(Path folder, Scale scale, int fieldSize, ImageReader reader, Consumer<String> skipped) throws IOException {
		var folders = list(folder, Files::isDirectory);
		if (folders.isEmpty()) folders = List.of(folder);
		var samples = new ArrayList<ColorSample>();
		for (int label = 0; label < folders.size(); label++)
			samples.addAll(read(list(folders.get(label), Files::isRegularFile), label, scale, fieldSize, reader, skipped));
		if (samples.isEmpty()) throw new IOException("Folder " + folder +
			" holds no image that can be opened; give one with a subfolder of images for each class.");
		return new PatchSet(folders.stream().map(f -> f.getFileName().toString()).toList(), samples, fieldSize);
	}

	private static List<ColorSample> read(List<Path> files, int label, Scale scale, int fieldSize, ImageReader reader,
		Consumer<String> skipped)
	{
		// In parallel, but in the order of the names: a seed must draw the same images each time.
		return files.parallelStream().flatMap(file -> {
			try {
				var rgb = reader.read(file);
				return Stream.of(ColorSample.of(rgb, scale.of(rgb.dimension(0), rgb.dimension(1), 0), fieldSize, label));
			}
			catch (IOException e) {
				skipped.accept("Skipped " + file + ": " + e.getMessage());
				return Stream.empty();
			}
		}).toList();
	}

	private static List<Path> list(Path folder, Predicate<Path> kind) throws IOException {
		try (var entries = Files.list(folder)) {
			return entries.filter(kind).filter(p -> !p.getFileName().toString().startsWith(".")).sorted().toList();
		}
	}

	/** Names of the classes; a sample's label is an index into them. */
	public List<String> classes() {
		return classes;
	}

	/** Number of images. */
	public int size() {
		return samples.size();
	}

	/** Side of the guidance image. */
	int fieldSize() {
		return fieldSize;
	}

	ColorSample get(int i) {
		return samples.get(i);
	}

	/**
	 * Two disjoint parts, each with its share of every class.
	 *
	 * @param share of the second part, 0 to 1; a class of two images or more gives it at least one unless the share is 0
	 * @return all the others, and the share
	 */
	public List<PatchSet> split(double share, long seed) {
		List<ColorSample> rest = new ArrayList<>(), part = new ArrayList<>();
		for (int label = 0; label < classes.size(); label++) {
			int wanted = label;
			var members = new ArrayList<>(samples.stream().filter(s -> s.label() == wanted).toList());
			Collections.shuffle(members, new Random(seed + label));
			int n = share == 0 || members.size() < 2 ? 0 : (int) Math.max(1, Math.round(share * members.size()));
			part.addAll(members.subList(0, n));
			rest.addAll(members.subList(n, members.size()));
		}
		return List.of(new PatchSet(classes, rest, fieldSize), new PatchSet(classes, part, fieldSize));
	}

	/** How many images each class has. */
	int[] counts() {
		var counts = new int[classes.size()];
		samples.forEach(s -> counts[s.label()]++);
		return counts;
	}

	/**
	 * Up to {@code most} guidance images of a class, L* 0..100, evenly spread over its images.
	 *
	 * @return G·G values each
	 */
	public List<float[]> fields(int label, int most) {
		var members = samples.stream().filter(s -> s.label() == label).toList();
		int n = Math.min(most, members.size());
		return IntStream.range(0, n).mapToObj(i -> members.get((int) ((long) i * members.size() / n)).wholeField()).toList();
	}
}
