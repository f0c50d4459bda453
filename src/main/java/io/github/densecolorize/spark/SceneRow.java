package io.github.densecolorize.spark;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.densecolorize.dataset.SourceImage.Reason;

/** A {@link Scene} on its way to the driver: a row of the table with one more value. */
final class SceneRow {

	private static final String SCENE = "scene";

	private SceneRow() {}

	/** @param told the row that the table has for it */
	static Map<String, Object> of(Scene scene, Map<String, Object> told) {
		var row = new LinkedHashMap<>(told);
		row.put(SCENE, scene);
		return row;
	}

	static Scene scene(Map<String, Object> row) {
		return (Scene) row.get(SCENE);
	}
}
