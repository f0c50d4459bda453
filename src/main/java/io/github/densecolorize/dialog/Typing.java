package io.github.densecolorize.dialog;

import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** Told after each change of a text. */
@FunctionalInterface
interface Typing extends DocumentListener {

	void changed();

	@Override
	default void insertUpdate(DocumentEvent e) {
		changed();
	}

	@Override
	default void removeUpdate(DocumentEvent e) {
		changed();
	}

	@Override
	default void changedUpdate(DocumentEvent e) {
		changed();
	}
}
