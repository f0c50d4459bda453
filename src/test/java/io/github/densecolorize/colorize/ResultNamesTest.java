package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

public class ResultNamesTest {

	@Test
	public void aNameIsKeptWithoutItsEnding() {
		assertEquals(List.of("a", "b.c", ".d"), names("x/a.png", "b.c.tif", ".d"));
	}

	@Test
	public void filesThatDifferInTheirEndingKeepIt() {
		assertEquals(List.of("a.png", "A.tif", "b"), names("a.png", "A.tif", "b.tif"));
	}

	@Test
	public void noNameIsGivenTwice() {
		var names = names("a.png", "a.tif", "a.png.tif", "y/a.png", "A.PNG", "a.png-2");
		assertEquals(6, new HashSet<>(names.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList()).size(), names.toString());
	}

	/** With an ending of four, 255 bytes; letters of several bytes are not cut in two, and the same file gets the same name. */
	@Test
	public void longNamesAreCutOffInAWayThatMeetsNoOther() {
		var longest = "x".repeat(251);
		assertEquals(List.of(longest), names(longest + ".png"));
		var cut = names(longest + ".png", longest + ".tif", "\u67d3".repeat(83) + "xy.z1", "\ud83d\ude00".repeat(63) + "1.b", "\ud83d\ude00".repeat(63) +
			"1.c");
		assertEquals(5, new HashSet<>(cut).size());
		for (var name : cut) {
			assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 251, name);
			assertEquals(name, new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
		}
		assertEquals(cut.subList(0, 2), names(longest + ".png", longest + ".tif"));
	}

	private static List<String> names(String... files) {
		return ResultNames.of(Stream.of(files).map(Path::of).toList());
	}
}
