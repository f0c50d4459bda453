package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

public class FreePlaceTest {

	/** A panel of 30 pixels is above it. */
	private static final Rectangle SCREEN = new Rectangle(0, 30, 1920, 1050);

	@Test
	public void anEmptyScreenIsTakenFromItsTopLeft() {
		assertEquals(new Point(0, 30), FreePlace.of(SCREEN, List.of(), new Dimension(600, 400)));
		// Of a second screen, to the left of the first.
		assertEquals(new Point(-800, 10), FreePlace.of(new Rectangle(-800, 10, 800, 600), List.of(SCREEN), new Dimension(600, 400)));
	}

	/** Plot, preview and table of a training beside ImageJ's main window and an image of 512 x 512. */
	@Test
	public void theWindowsOfATrainingCoverNothing() {
		var taken = new ArrayList<>(List.of(new Rectangle(0, 30, 600, 120), new Rectangle(0, 150, 520, 570)));
		for (var size : List.of(new Dimension(550, 380), new Dimension(780, 430), new Dimension(750, 300)))
			taken.add(new Rectangle(FreePlace.of(SCREEN, taken, size), size));
		// Right of the main window; right of the image and below the plot, as at its right 770 pixels are left; there.
		assertEquals(List.of(new Point(600, 30), new Point(520, 410), new Point(1150, 30)), taken.stream().skip(2).map(Rectangle::getLocation).toList());
	}

	/** Above a window of 100 x 100 in the middle there are 450 pixels, and left of it 900. */
	@Test
	public void theTopmostThenTheLeftmostPlaceIsTaken() {
		var middle = List.of(new Rectangle(900, 480, 100, 100));
		assertEquals(new Point(0, 30), FreePlace.of(SCREEN, middle, new Dimension(1920, 450)));
		assertEquals(new Point(1000, 30), FreePlace.of(SCREEN, middle, new Dimension(920, 460)));
		assertEquals(new Point(0, 580), FreePlace.of(SCREEN, middle, new Dimension(1920, 451)));
	}

	/** A strip at the right of 100 pixels is free: a window of 300 covers 200 columns there, more elsewhere. */
	@Test
	public void ifThereIsNoRoomTheLeastIsCovered() {
		assertEquals(new Point(1620, 30), FreePlace.of(SCREEN, List.of(new Rectangle(0, 30, 1820, 1050)), new Dimension(300, 200)));
		assertEquals(new Point(0, 30), FreePlace.of(SCREEN, List.of(), new Dimension(3000, 2000)));
	}
}
