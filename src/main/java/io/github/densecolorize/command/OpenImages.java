package io.github.densecolorize.command;

import java.util.Arrays;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.WindowManager;

/** Checks image parameters, which are empty if no image is open, or if a macro names one that is not open. */
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
		throw new IllegalArgumentException("No image, or one that is not open, was chosen; open are " + Arrays.stream(WindowManager
			.getImageTitles()).collect(Collectors.joining(", ")) + ".");
	}

	/** @throws IllegalArgumentException if no image is open */
	static void requireAny(String wanted) {
		if (WindowManager.getImageTitles().length == 0) throw new IllegalArgumentException("No image is open; open " + wanted +
			", then try again.");
	}
}
