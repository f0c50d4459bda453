package io.github.densecolorize.colorize;

import java.awt.Color;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.gui.Arrow;
import ij.gui.ImageRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Hint.Run;

/**
 * Turns ROIs of ImageJ into hints. A ROI with several points becomes one hint for each, since they lie at different places; a ROI on several planes,
 * but not on all, one for each plane.
 */
final class RoiHints {

	/** How many hints there may be. */
	static final int MOST = 100_000;
	/** How many rows of pixels all of them may cover together. */
	static final int MOST_RUNS = 1 << 21;
	/** How ImageJ names the parts of its scale bar and its calibration bar. */
	private static final Set<String> BARS = Set.of("|SB|", "|CB|");
	private static final int LONGEST_NAME = 40;

	private final HintedImage image;
	private final String where;
	private final List<Hint> hints = new ArrayList<>();
	private int runs;

	private RoiHints(HintedImage image, String where) {
		this.image = image;
		this.where = where;
	}

	/**
	 * @param rois in the order in which users count them; empty ones stand for texts and images that were not read
	 * @param where they are, as messages say: {@code overlay}
	 * @param log told, once, of ROIs that are no hints
	 * @return none if no ROI is a hint
	 * @throws IllegalArgumentException with a sentence if a hint does not fit the image, has no colour, or is too large
	 */
	static List<Hint> of(List<Optional<Roi>> rois, String where, ImagePlus image, Consumer<String> log) {
		var all = new RoiHints(HintedImage.of(image), where);
		int left = 0;
		for (int i = 0; i < rois.size(); i++) {
			var roi = rois.get(i).filter(RoiHints::isHint);
			if (roi.isPresent()) all.add(roi.get(), i + 1);
			else left++;
		}
		if (left > 0) log.accept("Texts, arrows, images, angles and scale bars are no hints; " + left + " of the " + rois.size() + " ROIs (" + where +
			") are left out.");
		return all.hints;
	}

	private static boolean isHint(Roi roi) {
		return !(roi instanceof TextRoi || roi instanceof Arrow || roi instanceof ImageRoi) && roi.getType() != Roi.ANGLE && !BARS.contains(String.valueOf(
			roi.getName()));
	}

	private void add(Roi roi, int number) {
		var name = "hint " + number + (roi.getName() == null ? "" : " \"" + printable(roi.getName()) + "\"");
		if (!(roi instanceof PointRoi)) {
			var hint = name + " (" + where + ")";
			add(roi, 0, pixels(roi, hint), roi.getBounds(), hint);
			return;
		}
		var points = roi.getFloatPolygon();
		for (int i = 0; i < points.npoints; i++) {
			double x = points.xpoints[i], y = points.ypoints[i];
			var bounds = new Rectangle((int) Math.floor(x + 0.5), (int) Math.floor(y + 0.5), 1, 1);
			var hint = name + (points.npoints == 1 ? "" : ", point " + (i + 1)) + " (" + where + ")";
			add(roi, i, RoiPixels.ofPoint(x, y, image.width(), image.height()), bounds, hint);
		}
	}

	private void add(Roi roi, int point, List<Run> pixels, Rectangle bounds, String hint) {
		var colour = colour(roi);
		if (colour == null) throw new IllegalArgumentException(sentence(hint,
			"has no colour; give it the one that is right there (Edit > Selection > Properties, stroke color), or delete it."));
		if (pixels.isEmpty()) throw image.outside(hint, bounds);
		for (int plane : image.planes(roi, point, hint)) {
			runs += pixels.size();
			if (runs > MOST_RUNS || hints.size() == MOST) throw new IllegalArgumentException(sentence(hint, "and those before it are more than " + (runs >
				MOST_RUNS ? MOST_RUNS + " rows of pixels; draw smaller areas." : MOST + " hints; use fewer.")));
			hints.add(Hint.of(plane, colour.getRGB(), pixels, hint));
		}
	}

	private List<Run> pixels(Roi roi, String hint) {
		try {
			return roi.isLine() ? RoiPixels.ofLine(roi, image.width(), image.height()) : RoiPixels.ofArea(roi, image.width(), image.height());
		}
		catch (IllegalArgumentException e) {
			throw new IllegalArgumentException(sentence(hint, e.getMessage()), e);
		}
	}

	/**
	 * The colour in which ImageJ shows the ROI: it paints an area in the fill colour, if there is one, and then has the stroke colour at the edge at
	 * most; of points and lines, it shows the stroke colour. The other colour counts if this one is not set.
	 */
	private static Color colour(Roi roi) {
		Color stroke = roi.getStrokeColor(), fill = roi.getFillColor();
		return roi.isArea() && fill != null || stroke == null ? fill : stroke;
	}

	/** A sentence about a hint. */
	static String sentence(String hint, String predicate) {
		return hint.substring(0, 1).toUpperCase(Locale.ROOT) + hint.substring(1) + " " + predicate;
	}

	/** Text from a file as messages show it. */
	static String printable(String text) {
		var plain = text.replaceAll("\\p{Cc}", "?");
		return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME) + "...";
	}
}
