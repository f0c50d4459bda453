package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.Hint.Run;

public class HintTest {

	/** a* and b* of sRGB's green under D65, as tables of L*a*b* have them. */
	private static final float GREEN_A = -86.18f, GREEN_B = 83.18f;

	@Test
	public void hasTheChromaOfItsColour() {
		var green = Hint.of(0, 0x8000ff00, List.of(new Run(1, 2, 3)), "hint");
		assertEquals(GREEN_A, green.a(), 0.02);
		assertEquals(GREEN_B, green.b(), 0.02);
		assertTrue(green.agreesWith(Hint.of(1, 0xff00ff00, List.of(new Run(1, 2, 3)), "other")));
		assertFalse(green.agreesWith(new Hint(0, green.a(), 83, green.runs(), "other")));
		assertFalse(green.agreesWith(new Hint(0, -86, green.b(), green.runs(), "other")));
	}

	/** As it is sent to the machines of a cluster. */
	@Test
	public void canBeSerializedAndDoesNotChange() throws IOException, ClassNotFoundException {
		var runs = new ArrayList<>(List.of(new Run(1, 2, 3)));
		var hint = Hint.of(0, 0xff0000, runs, "hint");
		runs.clear();
		var bytes = new ByteArrayOutputStream();
		try (var out = new ObjectOutputStream(bytes)) {
			out.writeObject(hint);
		}
		try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			var copy = (Hint) in.readObject();
			assertEquals(hint, copy);
			assertEquals(List.of(new Run(1, 2, 3)), copy.runs());
		}
	}
}
