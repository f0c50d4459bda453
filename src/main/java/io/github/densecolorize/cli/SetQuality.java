package io.github.densecolorize.cli;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.github.densecolorize.image.NumberText;

/**
 * How well a set of images was colorized: a row of the table that {@code evaluate} makes. Values are means over the images, except for {@code
 * abRmse}, which is computed over all pixels of the set, and {@code colourfulnessRatio}, which is the ratio of the two means.
 *
 * @param name of the class, or {@code all}
 * @param abRmse root of the mean squared error of a* and b*, per channel
 * @param classAccuracy share of the images whose class was found, 0 to 1; NaN if the model has none of their classes
 * @param abRmseMean mean over the images of the root of the mean squared error of each
 */
record SetQuality(String name, int images, double abRmse, double psnr, double ciede2000, double colourfulness,
	double colourfulnessOriginal, double colourfulnessRatio, double inEn, double infoLoss, double classAccuracy, double abRmseMean)
{

	/** Column names of the CSV file; scripts rely on them. */
	static final List<String> COLUMNS = List.of("class", "images", "ab_rmse", "psnr", "ciede2000", "colourfulness",
		"colourfulness_original", "colourfulness_ratio", "inen", "info_loss", "class_accuracy", "ab_rmse_mean");

	static SetQuality of(String name, List<ImageQuality> images) {
		double squares = images.stream().mapToDouble(i -> i.colours().abSquares()).sum();
		long pixels = images.stream().mapToLong(i -> i.colours().pixels()).sum();
		double colourfulness = mean(images, i -> i.colours().colorized().colourfulness());
		double original = mean(images, i -> i.colours().original().colourfulness());
		var known = images.stream().filter(i -> !Double.isNaN(i.classFound())).toList();
		return new SetQuality(name, images.size(), Math.sqrt(squares / (2 * pixels)), mean(images, i -> i.colours().psnr()), mean(images,
			i -> i.colours().ciede2000()), colourfulness, original, colourfulness / original, mean(images, i -> i.colours().colorized().inEn()),
			mean(images, i -> i.colours().infoLoss()), mean(known, ImageQuality::classFound), mean(images,
				i -> i.colours().abRmse()));
	}

	/** The row, in the order of {@link #COLUMNS}; unknown values are empty. */
	List<String> cells() {
		return Stream.concat(Stream.of(name, Integer.toString(images)), DoubleStream.of(abRmse, psnr, ciede2000, colourfulness,
			colourfulnessOriginal, colourfulnessRatio, inEn, infoLoss, classAccuracy, abRmseMean).mapToObj(NumberText::measured)).toList();
	}

	private static double mean(List<ImageQuality> images, ToDoubleFunction<ImageQuality> value) {
		return images.stream().mapToDouble(value).average().orElse(Double.NaN);
	}
}
