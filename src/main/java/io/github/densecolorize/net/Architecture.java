package io.github.densecolorize.net;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Collectors;

/**
 * A kind of colorization network, such as the densely connected one. The program finds all kinds by {@link ServiceLoader}: to add one, write a class
 * that implements this interface and has a public constructor without parameters, and name it in {@code META-INF/services}.
 */
public interface Architecture {

	/** Its name in {@code model.json}, as {@code net.type}. */
	String type();

	/** The type of the numbers of such a network: a record whose components are stored in {@code model.json}. */
	Class<? extends NetSpec> numbers();

	/** Networks of this kind that a user may train, by name. */
	List<Preset> presets();

	/** All kinds that are installed. */
	static List<Architecture> all() {
		return ServiceLoader.load(Architecture.class, Architecture.class.getClassLoader()).stream().map(Provider::get).toList();
	}

	/** The kind of this type, if there is one. */
	static Optional<Architecture> of(String type) {
		return all().stream().filter(kind -> kind.type().equals(type)).findFirst();
	}

	/** The types of all kinds, for users. */
	static String types() {
		return all().stream().map(Architecture::type).sorted().collect(Collectors.joining(", "));
	}
}
