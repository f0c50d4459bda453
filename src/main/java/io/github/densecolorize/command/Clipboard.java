package io.github.densecolorize.command;

import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;

/** The clipboard of the system. */
final class Clipboard {

	private Clipboard() {}

	/**
	 * Puts a text there.
	 *
	 * @return a phrase for users that says whether that was possible: other programs may have the clipboard
	 */
	static String copy(String text) {
		try {
			Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
			return "copied to the clipboard";
		}
		catch (IllegalStateException e) {
			return "not copied, as another program uses the clipboard";
		}
	}
}
