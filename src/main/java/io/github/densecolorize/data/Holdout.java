package io.github.densecolorize.data;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import io.github.densecolorize.image.Choice;

/**
 * Which images of a data set are kept out of the training, for validation.
 *
 * @param share of the scenes of each class, 0 to 0.5
 * @param groups names of laboratories all of whose images are kept out, too; they do not count for the share
 */
public record Holdout(double share, Set<String> groups) {

	/** So many groups are named in a message. */
	private static final int MOST_LISTED = 16;

	public Holdout {
		groups = Set.copyOf(groups);
	}

	/** A share alone. */
	public static Holdout share(double share) {
		return new Holdout(share, Set.of());
	}

	/**
	 * The same with the names of the groups as they are spelled.
	 *
	 * @param there names of all groups that there are; empty ones do not count
	 * @throws IllegalArgumentException if one of its groups is none of them, with those that there are
	 */
	public Holdout among(Collection<String> there) {
		var names = there.stream().filter(name -> !name.isEmpty()).distinct().sorted().toList();
		var listed = String.join(", ", names.subList(0, Math.min(MOST_LISTED, names.size()))) + (names.size() > MOST_LISTED ? " and " + (names
			.size() - MOST_LISTED) + " others" : "");
		var found = new LinkedHashSet<String>();
		for (var group : groups)
			found.add(Choice.find(group, names).orElseThrow(() -> new IllegalArgumentException("Validation group is \"" + group + "\"" + Choice.meant(
				group, names) + "; the names of the images begin with " + listed + ".")));
		return new Holdout(share, found);
	}
}
