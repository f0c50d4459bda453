package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

public class AttemptTest {

	/** Of words of 9 letters, 10 with their spaces, 100 fit into a line without the last space. */
	@Test
	public void longSentencesFitOnTheScreen() {
		var words = "ninechars ".repeat(25).strip();
		var line = "ninechars ".repeat(10).strip();
		assertEquals(line + "\n" + line + "\n" + "ninechars ".repeat(5).strip(), Attempt.inLines(words));
		assertEquals("Short.", Attempt.inLines("Short."));
		// A path of which no piece is a word can't be broken.
		assertEquals("x".repeat(300), Attempt.inLines("x".repeat(300)));
	}
}
