package io.github.densecolorize.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.List;

import org.junit.jupiter.api.Test;

public class PlaceTest {

	private static final Rectangle SCREEN = new Rectangle(0, 0, 1000, 800);

	private static Rectangle beside(int width, int height, Rectangle... others) {
		return Place.beside(new Dimension(width, height), SCREEN, List.of(others));
	}

	@Test
	public void rightOfTheOther() {
		assertEquals(new Rectangle(400, 50, 300, 200), beside(300, 200, new Rectangle(100, 50, 300, 300)));
	}

	@Test
	public void leftOfItIfThereIsNoRoomOnTheRight() {
		assertEquals(new Rectangle(300, 50, 300, 200), beside(300, 200, new Rectangle(600, 50, 300, 300)));
	}

	/** Right of the first is the second, right of the second there is room. */
	@Test
	public void besideBoth() {
		assertEquals(new Rectangle(600, 50, 300, 200), beside(300, 200, new Rectangle(0, 50, 300, 300), new Rectangle(300, 50, 300, 300)));
	}

	/** Something is covered in any case: of the first, which matters most, nothing. */
	@Test
	public void theFirstStaysFree() {
		var dialog = new Rectangle(600, 0, 400, 300);
		var place = beside(600, 700, dialog, new Rectangle(0, 0, 600, 700));
		assertEquals(false, place.intersects(dialog));
	}

	@Test
	public void alwaysOnTheScreen() {
		assertEquals(true, SCREEN.contains(beside(900, 700, new Rectangle(300, 300, 700, 500))));
	}
}
