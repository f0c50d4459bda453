package io.github.densecolorize.colorize;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.plugin.frame.RoiManager;

import io.github.densecolorize.Hint;

/** Where the colour hints of an image are, as users choose it. */
public sealed interface HintSource extends Serializable {

	/** What users type if the hints are in no file. */
	List<String> NAMES = List.of("none", "overlay", "roi manager");

	/**
	 * @param text {@code none}, {@code overlay}, {@code roi manager}, or a file
	 * @throws IllegalArgumentException if it is none of them; the file may be missing
	 */
	static HintSource of(String text) {
		return switch (text.trim().toLowerCase(Locale.ROOT)) {
			case "none", "" -> new None();
			case "overlay" -> new OfOverlay(true);
			case "roi manager" -> new OfRoiManager();
			default -> new OfFile(HintFile.named(text.trim()).toString());
		};
	}

	/**
	 * Reads and checks the hints.
	 *
	 * @param image that they are for; only its size and its overlay are looked at
	 * @param log told, once, of ROIs that are no hints
	 * @return in the order in which users count them; no two want different colours for one pixel
	 * @throws IOException with a sentence if a file can't be read, or is damaged
	 * @throws IllegalArgumentException with a sentence if there are no hints, or one of them has no colour, does not lie in the image, or
	 *           contradicts another
	 */
	default List<Hint> read(ImagePlus image, Consumer<String> log) throws IOException {
		var hints = found(image, log);
		HintConflict.check(hints);
		return hints;
	}

	/** The hints, not yet compared with each other. */
	List<Hint> found(ImagePlus image, Consumer<String> log) throws IOException;

	/** The image has no hints. */
	record None() implements HintSource {

		@Override
		public List<Hint> found(ImagePlus image, Consumer<String> log) {
			return List.of();
		}
	}

	/**
	 * The ROIs of the image's overlay.
	 *
	 * @param needed whether it is an error if there are no hints
	 */
	record OfOverlay(boolean needed) implements HintSource {

		@Override
		public List<Hint> found(ImagePlus image, Consumer<String> log) {
			var overlay = image.getOverlay();
			var rois = overlay == null ? new Roi[0] : overlay.toArray();
			var hints = hints(rois, "overlay", image, log);
			if (needed) require(hints, rois.length == 0 ? "Image \"" + image.getTitle() + "\" has no overlay"
				: "The overlay has no ROI that is a hint", "mark places in their colours and add them (Image > Overlay > Add Selection)");
			return hints;
		}
	}

	/** The ROIs of the ROI Manager, whether they are selected in it or not. */
	record OfRoiManager() implements HintSource {

		@Override
		public List<Hint> found(ImagePlus image, Consumer<String> log) {
			var manager = RoiManager.getRawInstance();
			// That of a macro without windows; asking for it would make one.
			if (manager == null && Interpreter.isBatchModeRoiManager()) manager = Interpreter.getBatchModeRoiManager();
			var rois = manager == null ? new Roi[0] : manager.getRoisAsArray();
			var hints = hints(rois, "ROI Manager", image, log);
			require(hints, manager == null ? "The ROI Manager is not open" : rois.length == 0 ? "The ROI Manager is empty"
				: "The ROI Manager has no ROI that is a hint", "mark places in their colours and add them (Analyze > Tools > ROI Manager)");
			return hints;
		}
	}

	/**
	 * A file of ROIs or a table.
	 *
	 * @param file its path
	 */
	record OfFile(String file) implements HintSource {

		@Override
		public List<Hint> found(ImagePlus image, Consumer<String> log) throws IOException {
			var hints = HintFile.read(HintFile.named(file), image, log);
			require(hints, "File " + file + " has no ROI that is a hint", "add some");
			return hints;
		}
	}

	private static List<Hint> hints(Roi[] rois, String where, ImagePlus image, Consumer<String> log) {
		return RoiHints.of(Arrays.stream(rois).map(Optional::of).toList(), where, image, log);
	}

	private static void require(List<Hint> hints, String found, String wayOut) {
		if (hints.isEmpty()) throw new IllegalArgumentException(found + "; " + wayOut + ", or choose hints=none.");
	}
}
