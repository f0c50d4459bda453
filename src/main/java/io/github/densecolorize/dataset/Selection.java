package io.github.densecolorize.dataset;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.densecolorize.dataset.SourceImage.Reason;

/** Chooses the images of a data set, and counts them. It is told of every image in the order of the set, but does not need their pixels. */
public final class Selection {

	/** How many images of a class there are. */
	@FunctionalInterface
	public interface Counts {

		long images(int label, boolean validation);
	}

	private final int size;
	private final Fit fit;
	private final Consumer<String> log;
	private final Map<Reason, Integer> skipped = new EnumMap<>(Reason.class);
	private final Set<Long> seen = new HashSet<>();
	private long cropped, smallestArea = Long.MAX_VALUE, largestArea;
	private String smallest = "", largest = "";

	/**
	 * @param size side of the images in pixels
	 * @param fit how they are brought to this size
	 * @param log takes the sentences that sum up
	 */
	public Selection(int size, Fit fit, Consumer<String> log) {
		this.size = size;
		this.fit = fit;
		this.log = log;
	}

	/**
	 * Decides on an image.
	 *
	 * @param unusable why it can't be used; null if it can
	 * @param content hash of its pixels, if it can be used
	 * @return why it is left out; null if it is not
	 */
	public Reason choose(Reason unusable, int width, int height, long content) {
		var reason = unusable != null ? unusable : seen.add(content) ? null : Reason.DUPLICATE;
		if (reason == null) note(width, height);
		else skipped.merge(reason, 1, Integer::sum);
		return reason;
	}

	private void note(int width, int height) {
		long area = (long) width * height;
		if (area > 2L * size * size) cropped++;
		if (area < smallestArea) {
			smallestArea = area;
			smallest = SourceImage.dimensions(width, height);
		}
		if (area > largestArea) {
			largestArea = area;
			largest = SourceImage.dimensions(width, height);
		}
	}

	/**
	 * Tells what was left out.
	 *
	 * @throws IOException if all images were left out
	 */
	public void check() throws IOException {
		var reasons = skipped.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", "));
		if (!skipped.isEmpty()) log.accept("Skipped images: " + reasons + ".");
		if (seen.isEmpty()) throw new IOException("No image could be used, so nothing was written (" + reasons +
			"); give colour images of at least " + size + " pixels.");
	}

	/**
	 * Tells what the set holds.
	 *
	 * @param files of the set
	 */
	public void sumUp(List<String> classes, Counts counts, List<?> files) {
		long images = 0;
		for (int label = 0; label < classes.size(); label++) {
			long training = counts.images(label, false), validation = counts.images(label, true);
			tell(classes.get(label), training, validation);
			images += training + validation;
		}
		if (classes.size() == 1) log.accept("There is one class only: the model will colorize all images alike, as " + classes.get(0) +
			"; for several, give a folder with a subfolder for each.");
		if (!smallest.equals(largest)) log.accept("The images were " + smallest + " to " + largest + " pixels; " + (fit == Fit.RESIZE
			? "each was reduced to " + size + ", so that objects of the same size now differ in size; fit=crop keeps their scale."
			: "squares of " + size + " were cut from them at their own scale."));
		if (fit == Fit.CROP && cropped > 0) log.accept("Of " + cropped +
			" images less than half is used; a larger size, or fit=tiles, which takes them in pieces, uses more.");
		log.accept(images + " images of " + size + " pixels in " + classes.size() + (classes.size() == 1 ? " class" : " classes") + ": " + files
			.stream().map(Object::toString).collect(Collectors.joining(", ")) + ".");
	}

	private void tell(String name, long training, long validation) {
		if (training + validation == 0) log.accept("Class " + name + " has no image.");
		else if (training == 0) log.accept("Class " + name + " has no image for training: all are of laboratories that are kept for validation.");
		else if (validation == 0) log.accept("Class " + name + " has one image, which is used for training; add more, to see how well it is learned.");
		else log.accept("Class " + name + ": " + training + " images for training, " + validation + " for validation.");
	}
}
