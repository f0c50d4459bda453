package io.github.densecolorize.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.github.densecolorize.dataset.ClassFolders;

/**
 * Draws what a user might know about the colours of an image: other images of its group, and places. The same seed draws the same, in whatever order
 * the images come.
 *
 * @param folder that all images are in; names are relative to it
 * @param seed of all draws
 */
record OtherImages(Path folder, long seed) {

	/** What the images of a group have in common beside the folder of their class. */
	enum Group {
		/** Their {@linkplain ClassFolders#group laboratory}. */
		PREFIX,
		/** Nothing. */
		FOLDER;

		private boolean holds(Path image, Path other) {
			return this == FOLDER || ClassFolders.group(image.getFileName().toString()).equals(ClassFolders.group(other.getFileName().toString()));
		}
	}

	/**
	 * The images that may be references for an image, in a random order.
	 *
	 * @param all images of the same class
	 */
	List<Path> drawn(Path image, List<Path> all, Group group) {
		var name = stem(image);
		var others = new ArrayList<>(all.stream().filter(other -> {
			var another = stem(other);
			return !other.equals(image) && group.holds(image, other) && !field(name).equals(field(another)) && !sameCase(name, another);
		}).sorted().toList());
		Collections.shuffle(others, random("references", image));
		return others;
	}

	/**
	 * Draws pixels of an image.
	 *
	 * @param count how many, if it has as many
	 * @return different indices
	 */
	int[] pixels(Path image, int pixels, int count) {
		return random("hints", image).ints(0, pixels).distinct().limit(Math.min(count, pixels)).toArray();
	}

	private Random random(String what, Path image) {
		var relative = new StringBuilder(what);
		folder.relativize(image).forEach(part -> relative.append('/').append(part));
		// The bits of a hash of similar names are similar, and those of the draws would be.
		return new Random(new Random(seed).nextLong() ^ new Random(relative.toString().hashCode()).nextLong());
	}

	/** Of a crop of a larger image, {@code NAME_x_y}, the name of that; of other images their own. */
	static String field(String name) {
		return name.replaceFirst("_\\d+_\\d+$", "");
	}

	private static boolean sameCase(String name, String other) {
		return !caseOf(name).isEmpty() && caseOf(name).equals(caseOf(other));
	}

	/**
	 * The patient or slide as far as a name tells: all up to the first part, but for the very first, that has both letters and digits, such as {@code
	 * lab_p12}; empty if there is none.
	 */
	static String caseOf(String name) {
		var parts = name.split("_");
		for (int i = 1; i < parts.length; i++)
			if (parts[i].matches("(?=.*\\p{L}).*\\d.*")) return String.join("_", Arrays.copyOf(parts, i + 1));
		return "";
	}

	private static String stem(Path image) {
		return image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
	}
}
