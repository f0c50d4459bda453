package io.github.densecolorize.dialog;

import java.awt.Color;
import java.awt.Dimension;

import javax.swing.BorderFactory;
import javax.swing.JTextArea;
import javax.swing.UIManager;

/** A sentence under a field, as many lines as it needs; takes no room if there is none. It can be copied. */
final class Message extends JTextArea {

	private static final long serialVersionUID = 1;

	private static final Color ERROR = new Color(0xc0392b);
	private static final int WIDTH = 370;

	/** @param error whether it says what is wrong */
	Message(boolean error) {
		setEditable(false);
		setFocusable(error);
		setOpaque(false);
		setBorder(BorderFactory.createEmptyBorder(1, 2, 1, 0));
		setLineWrap(true);
		setWrapStyleWord(true);
		setFont(ModuleDialog.small(UIManager.getFont("Label.font")));
		setForeground(error ? ERROR : quiet());
		say("");
	}

	/** A colour for what is said beside: between those of text and ground, so that it suits light and dark windows. */
	static Color quiet() {
		Color text = UIManager.getColor("Label.foreground"), ground = UIManager.getColor("Panel.background");
		return new Color((2 * text.getRed() + ground.getRed()) / 3, (2 * text.getGreen() + ground.getGreen()) / 3, (2 * text.getBlue() + ground.getBlue()) / 3);
	}

	void say(String sentence) {
		setText(sentence);
		setVisible(!sentence.isEmpty());
		// The height of wrapped text is known only at a width.
		setSize(new Dimension(WIDTH, Short.MAX_VALUE));
	}

	@Override
	public Dimension getPreferredSize() {
		return new Dimension(WIDTH, super.getPreferredSize().height);
	}
}
