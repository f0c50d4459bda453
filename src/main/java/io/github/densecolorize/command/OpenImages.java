package io.github.densecolorize.command;

import java.util.Arrays;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.densecolorize.image.Choice;

/** The open images that a user may choose. */
final class OpenImages {

	private OpenImages() {}

	/**
	 * Refuses a missing image; using the current image instead would mean working on the wrong one.
	 *
	 * @param wanted what to open, after "open "
	 * @throws IllegalArgumentException with what is open if there is no image
	 */
	static void require(ImagePlus image, String wanted) {
		if (image != null) return;
		requireAny(wanted);
		throw new IllegalArgumentException("No image was chosen; open are " + String.join(", ", WindowManager.getImageTitles()) + ".");
	}

	/**
	 * @param what the image is, as a sentence begins
	 * @param text title of an open image, or its number
	 * @throws IllegalArgumentException if it is neither, with the titles that there are
	 */
	static ImagePlus named(String what, String text) {
		var image = WindowManager.getImage(text);
		if (image == null && text.matches("-?\\d{1,9}")) image = WindowManager.getImage(Integer.parseInt(text));
		if (image != null) return image;
		var open = Arrays.asList(WindowManager.getImageTitles());
		throw new IllegalArgumentException(what + " is \"" + text + "\"" + (open.isEmpty() ? ", and no image is open; open it, then try again." : Choice
			.meant(text, open) + "; must be the title of an open image: " + String.join(", ", open) + "."));
	}

	/** @throws IllegalArgumentException if no image is open */
	static void requireAny(String wanted) {
		if (WindowManager.getImageTitles().length == 0) throw new IllegalArgumentException("No image is open; open " + wanted +
			", then try again.");
	}
}
