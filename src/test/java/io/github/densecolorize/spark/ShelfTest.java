package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class ShelfTest {

	@Test
	public void rowsAreReadInTheOrderOfTheTasks(@TempDir Path folder) throws IOException {
		var scene = new Scene(1, "lab", null, 16, 16, 7, 8, 9, new int[] { 3 });
		List<Map<String, Object>> first = List.of(Map.of("file", "a"), Map.of("file", "b")), third = List.of(SceneRow.of(scene, Map.of("file", "c")));
		try (var shelf = new Shelf(folder.resolve("rows"), 3)) {
			shelf.put(2, third);
			shelf.put(0, first);
			shelf.put(1, List.of());
			var read = new ArrayList<List<Map<String, Object>>>();
			shelf.forEachTask(read::add);
			assertEquals(List.of(first, List.of()), read.subList(0, 2));
			assertEquals("c", read.get(2).get(0).get("file"));
			assertEquals(9, SceneRow.scene(read.get(2).get(0)).offset());
		}
	}
}
