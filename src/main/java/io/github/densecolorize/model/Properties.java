package io.github.densecolorize.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Sets system properties for as long as it is open, and then gives them back the values that they had before. */
final class Properties implements AutoCloseable {

	private final Map<String, String> before = new LinkedHashMap<>();

	void set(String name, String value) {
		var old = System.setProperty(name, value);
		if (!before.containsKey(name)) before.put(name, old);
	}

	@Override
	public void close() {
		before.forEach((name, value) -> {
			if (value == null) System.clearProperty(name);
			else System.setProperty(name, value);
		});
	}
}
