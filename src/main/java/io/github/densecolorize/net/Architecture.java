package io.github.densecolorize.net;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Collectors;

/**
 * A kind of colorization network, such as the densely connected one. The program finds the kinds that there are by {@link ServiceLoader}: a new
 * one is a class that implements this, named in {@code META-INF/services}, with a public constructor without parameters.
 */
public interface Architecture {

	/** Its name in {@code model.json}, as {@code net.type}. */
	String type();

	/** The numbers of such a network: a record, whose components are what {@code model.json} says of it. */
	Class<? extends NetSpec> numbers();

	/** Networks of this kind that a user may train, by name. */
	List<Preset> presets();

	/** All kinds that there are. */
	static List<Architecture> all() {
		return ServiceLoader.load(Architecture.class, Architecture.class.getClassLoader()).stream().map(Provider::get).toList();
	}

	/** The kind of this type, if there is one. */
	static Optional<Architecture> of(String type) {
		return all().stream().filter(kind -> kind.type().equals(type)).findFirst();
	}

	/** The types that there are, for users. */
	static String types() {
		return all().stream().map(Architecture::type).sorted().collect(Collectors.joining(", "));
	}
}
