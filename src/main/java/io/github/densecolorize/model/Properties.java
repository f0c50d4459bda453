package io.github.densecolorize.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** System properties that have a value for as long as one is open, and then again what they had before. */
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
