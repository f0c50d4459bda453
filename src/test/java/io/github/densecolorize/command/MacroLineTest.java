package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.Macro;

public class MacroLineTest {

	@Test
	public void keysAndValuesAreFound() {
		var options = MacroLine.options("  model=microscopy Mapping=[display range]  title=[a [b] c] file='/my data/x=1.tif' overwrite empty= last=[] ");
		assertEquals(List.of("model", "mapping", "title", "file", "overwrite", "empty", "last"), List.copyOf(options.keySet()));
		assertEquals("microscopy", options.get("model"));
		assertEquals("display range", options.get("mapping"));
		assertEquals("a [b] c", options.get("title"));
		assertEquals("/my data/x=1.tif", options.get("file"));
		assertEquals(null, options.get("overwrite"));
		assertEquals("", options.get("empty"));
		assertEquals("", options.get("last"));
		assertEquals(Map.of(), MacroLine.options(" "));
	}

	/** What ImageJ takes for a key that it knows is what is found here. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { "model=he tile=64 | tile", "model=[he] tile=[6 4] | tile", "x='a b' tile='6 4' | tile",
		"tile=1 tile=2 | tile", "a=[b]tile=3 | tile", "tile=C:\\data\\[x].tif | tile", "tile=[a [b]] c=d | tile", "tile=a=b | tile" })
	public void valuesAreThoseOfImageJ(String line, String key) {
		assertEquals(Macro.getValue(line, key, "none"), MacroLine.options(line).get(key));
	}

	/** ImageJ would leave such an option out. */
	@ParameterizedTest
	@ValueSource(strings = { "tile=64 mapping=[display range", "mapping='display range", "title=[a [b] c" })
	public void whatIsNotClosedIsSaid(String line) {
		var why = assertThrows(IllegalArgumentException.class, () -> MacroLine.options(line)).getMessage();
		assertTrue(why.startsWith("The macro's line ends within "), why);
	}
}
