package io.github.densecolorize.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import ij.ImagePlus;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.colorize.Region;
import io.github.densecolorize.image.Colours;
import io.github.densecolorize.image.Comparison;
import io.github.densecolorize.image.Entropy;

/**
 * Measures the colours of images of ImageJ, slice by slice, as they are seen: 8-bit sRGB. If a region is selected in the original, or else
 * in the colorized image, only its pixels count.
 */
public final class ImageMeasurer {

	private final Entropy.Kind kind;
	private final String method;
	private final Consumer<String> log;

	/**
	 * @param method what colorized the images; if empty, the model's name that a result carries
	 * @param log takes sentences about anything unusual
	 */
	public ImageMeasurer(Entropy.Kind kind, String method, Consumer<String> log) {
		this.kind = kind;
		this.method = method.trim();
		this.log = log;
	}

	/**
	 * Measures the colours of an image alone.
	 *
	 * @param image RGB, palette or gray of one channel, any number of slices; not changed
	 * @param progress told of slices; may throw a {@code CancellationException}
	 * @return a row for each slice
	 * @throws IllegalArgumentException with a sentence for the user if it can't be measured
	 */
	public List<MeasuredSlice> measure(ImagePlus image, Progress progress) {
		var colours = new SeenColours(image);
		var region = region(image);
		var rows = new ArrayList<MeasuredSlice>();
		for (int slice = 1; slice <= colours.size(); slice++) {
			progress.update(slice - 1, colours.size());
			int[] argb = colours.argb(slice, region);
			int[] measured = region.inside() == null ? argb : Comparison.chosen(argb, region.inside());
			rows.add(new MeasuredSlice(image.getTitle(), slice, Colours.of(measured, kind), Optional.empty(), Double.NaN, method));
		}
		return rows;
	}

	/** The selection of the image, or all of it. */
	private static Region region(ImagePlus image) {
		return image.getRoi() == null ? Region.all(image) : Region.selected(image, "draw another, or use Edit > Selection > Select None");
	}

	/**
	 * Compares a colorized image with its original.
	 *
	 * @param original RGB, palette or gray of one channel, any number of slices; not changed
	 * @param colorized of the same size and with as many slices
	 * @param progress told of slices; may throw a {@code CancellationException}
	 * @return a row for each slice
	 * @throws IllegalArgumentException with a sentence for the user if they can't be compared
	 */
	public List<MeasuredSlice> measure(ImagePlus original, ImagePlus colorized, Progress progress) {
		SeenColours wanted = new SeenColours(original), found = new SeenColours(colorized);
		checkThatSizesAgree(original, colorized);
		var region = region(original.getRoi() == null ? colorized : original);
		var by = method.isEmpty() ? Optional.ofNullable(colorized.getProp(Provenance.PREFIX + "model")).orElse("") : method;
		var rows = new ArrayList<MeasuredSlice>();
		for (int slice = 1; slice <= wanted.size(); slice++) {
			progress.update(slice - 1, wanted.size());
			var comparison = Comparison.of(wanted.argb(slice, region), found.argb(slice, region), region.bounds().width, region.inside(), kind);
			rows.add(new MeasuredSlice(original.getTitle(), slice, comparison.original(), Optional.of(comparison), Provenance.expectedError(colorized), by));
		}
		// Only a gray image has a colourfulness of 0.
		if (rows.stream().allMatch(r -> Quantity.COLOURFULNESS.of(r) == 0)) log.accept(colorized.getTitle() +
			" has no colours where it was measured: Info_loss is the InEn of the original.");
		return rows;
	}

	private static void checkThatSizesAgree(ImagePlus original, ImagePlus colorized) {
		if (original.getWidth() != colorized.getWidth() || original.getHeight() != colorized.getHeight()) throw new IllegalArgumentException(
			colorized.getTitle() + " is " + size(colorized) + " pixels and " + original.getTitle() + " " + size(original) +
				"; must be the same: choose the original of this result, or use Image > Scale.");
		if (original.getStackSize() != colorized.getStackSize()) throw new IllegalArgumentException(colorized.getTitle() + " has " + colorized
			.getStackSize() + " slices and " + original.getTitle() + " " + original.getStackSize() +
			"; must be as many: choose the original of this result, or use Image > Stacks > Tools > Make Substack.");
	}

	private static String size(ImagePlus image) {
		return image.getWidth() + " x " + image.getHeight();
	}
}
