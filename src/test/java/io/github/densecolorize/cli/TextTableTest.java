package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

public class TextTableTest {

	@Test
	public void cellsWithCommasAndQuotesAreQuoted() {
		var table = new TextTable(List.of("class", "images"));
		table.add(List.of("H&E, \"pink\"", "3"));
		assertEquals("class,images\n\"H&E, \"\"pink\"\"\",3\n", table.csv());
	}

	@Test
	public void numbersStandBelowEachOther() {
		var table = new TextTable(List.of("class", "n"));
		table.add(List.of("he", "12"));
		table.add(List.of("all", ""));
		assertEquals("class   n\nhe     12\nall      \n", table.aligned());
	}
}
