package io.github.densecolorize.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.slides.Pyramid.Place;

public class PyramidTest {

	/** 600 -> 300 -> 150 -> 75 and 500 -> 250 -> 125 -> 63: the fourth fits into a tile of 128. */
	@Test
	public void levelsAreHalvedUntilOneFitsIntoATile() {
		var pyramid = Pyramid.of(600, 500, 128);
		assertEquals(4, pyramid.levels());
		assertEquals(List.of(600, 300, 150, 75), List.of(pyramid.width(0), pyramid.width(1), pyramid.width(2), pyramid.width(3)));
		assertEquals(List.of(500, 250, 125, 63), List.of(pyramid.height(0), pyramid.height(1), pyramid.height(2), pyramid.height(3)));
		assertEquals(List.of(5, 3, 2, 1), List.of(pyramid.across(0), pyramid.across(1), pyramid.across(2), pyramid.across(3)));
		assertEquals(List.of(4, 2, 1, 1), List.of(pyramid.down(0), pyramid.down(1), pyramid.down(2), pyramid.down(3)));
	}

	@Test
	public void aPlaneThatFitsIntoATileHasOneLevel() {
		assertEquals(1, Pyramid.of(512, 512).levels());
		assertEquals(2, Pyramid.of(513, 1).levels());
		// 60,000 / 2^7 is 469.
		assertEquals(8, Pyramid.of(60_000, 60_000).levels());
	}

	/** Three columns and three rows of tiles: each of the next level comes right after the last of those that it is made of. */
	@Test
	public void tilesComeInTheOrderInWhichTheyCanBeMade() {
		var pyramid = Pyramid.of(40, 40, 16);
		var order = new ArrayList<String>();
		for (Place place = Pyramid.first(); place != null; place = pyramid.next(place))
			order.add("" + place.level() + place.column() + place.row());
		assertEquals(List.of("000", "010", "020", "001", "011", "100", "021", "110", "002", "012", "101", "022", "111", "200"), order);
	}

	@Test
	public void sizesThatMakeNoPyramidAreRefused() {
		for (var size : new int[][] { { 0, 1, 16, 1 }, { 1, 0, 16, 1 }, { 1, 1, 24, 1 }, { 1, 1, 0, 1 }, { 1, 1, 16, 0 } })
			assertThrows(IllegalArgumentException.class, () -> new Pyramid(size[0], size[1], size[2], size[3]));
	}
}
