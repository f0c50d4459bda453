package io.github.densecolorize.net;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network that a user may choose for a training.
 *
 * @param name as users type it
 * @param description a phrase for users that says what it is for
 * @param net its numbers
 * @param loss name of the {@link Loss} that it is trained with unless another is chosen
 * @param joint whether the colour loss trains the guidance stream too, unless something else is chosen
 */
public record Preset(String name, String description, NetSpec net, String loss, boolean joint) {

	/** A preset whose guidance stream learns from the classes only, as in Zhang et al. 2019. */
	public Preset(String name, String description, NetSpec net, String loss) {
		this(name, description, net, loss, false);
	}

	/** Name and description, for users. */
	public String label() {
		return name + " (" + description + ")";
	}

	/** The presets of all architectures, sorted by name. */
	public static List<Preset> all() {
		return Architecture.all().stream().flatMap(kind -> kind.presets().stream()).sorted(Comparator.comparing(Preset::name)).toList();
	}

	/** @throws IllegalArgumentException if there is none of this name, with those that there are */
	public static Preset named(String name) {
		var all = all();
		return all.stream().filter(preset -> preset.name.equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException("preset is \"" + name +
			"\"; must be one of " + all.stream().map(Preset::name).collect(Collectors.joining(", "))));
	}
}
