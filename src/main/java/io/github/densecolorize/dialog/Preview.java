package io.github.densecolorize.dialog;

import java.awt.Window;

/** Shows what the values of a dialog would give, as long as the dialog is open. It looks by itself whether
 * they have changed. Used on the event thread only, and never waits. */
public interface Preview {

	/** Shows it, as windows that belong to the dialog. */
	void open(Window dialog);

	/** Stops what is being computed, and shows it no more, but keeps what it needs to be opened again. */
	void hide();

	/** Leaves nothing behind. */
	void close();
}
