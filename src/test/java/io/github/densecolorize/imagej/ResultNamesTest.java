package io.github.densecolorize.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

	private static List<String> names(String... files) {
		return ResultNames.of(Stream.of(files).map(Path::of).toList());
	}
}
