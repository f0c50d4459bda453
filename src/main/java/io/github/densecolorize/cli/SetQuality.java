package io.github.densecolorize.cli;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.model.CalibrationError;

/**
 * How well a set of images was colorized: a row of the table that {@code evaluate} makes. Values are means over the images, except for {@code
 * abRmse}, which is computed over all pixels of the set, and {@code colourfulnessRatio}, which is the ratio of the two means. Values of colours are of
 * those images whose colours {@linkplain ImageQuality#counts count}; NaN if there are none.
 *
 * @param name of the class, or {@code all}
 * @param abRmse root of the mean squared error of a* and b*, per channel
 * @param classAccuracy share of the images whose class was found, 0 to 1; NaN if the model has none of their classes
 * @param abRmseMean mean over the images of the root of the mean squared error of each
 * @param ece expected calibration error of the class that was found, 0 to 1; NaN as {@code classAccuracy}
 * @param worseThanGray share of images whose mean squared error of a* and b* is larger than if they had stayed gray
 * @param refused share of all images whose most likely class is {@code unknown}; NaN if the class was chosen by the user
 */
record SetQuality(String name, int images, double abRmse, double psnr, double ciede2000, double colourfulness,
	double colourfulnessOriginal, double colourfulnessRatio, double inEn, double infoLoss, double classAccuracy, double abRmseMean,
	double ece, double worseThanGray, double refused)
{

	/** Column names of the CSV file; scripts rely on them. */
	static final List<String> COLUMNS = List.of("class", "images", "ab_rmse", "psnr", "ciede2000", "colourfulness",
		"colourfulness_original", "colourfulness_ratio", "inen", "info_loss", "class_accuracy", "ab_rmse_mean", "ece", "worse_than_gray", "refused");

	static SetQuality of(String name, List<ImageQuality> all) {
		var images = all.stream().filter(ImageQuality::counts).toList();
		double squares = images.stream().mapToDouble(i -> i.colours().abSquares()).sum();
		long pixels = images.stream().mapToLong(i -> i.colours().pixels()).sum();
		double colourfulness = mean(images, i -> i.colours().colorized().colourfulness());
		double original = mean(images, i -> i.colours().original().colourfulness());
		var known = known(all, ImageQuality::classFound);
		var calibration = new CalibrationError();
		known(known, ImageQuality::probability).forEach(i -> calibration.add(i.probability(), i.classFound() == 1));
		return new SetQuality(name, all.size(), Math.sqrt(squares / (2 * pixels)), mean(images, i -> i.colours().psnr()), mean(images,
			i -> i.colours().ciede2000()), colourfulness, original, colourfulness / original, mean(images, i -> i.colours().colorized().inEn()),
			mean(images, i -> i.colours().infoLoss()), mean(known, ImageQuality::classFound), mean(images,
				i -> i.colours().abRmse()), calibration.value(), mean(images, i -> i.colours().isWorseThanGray() ? 1 : 0), mean(known(all,
					ImageQuality::refused), ImageQuality::refused));
	}

	/** Those images of which a value is known. */
	private static List<ImageQuality> known(List<ImageQuality> images, ToDoubleFunction<ImageQuality> value) {
		return images.stream().filter(i -> !Double.isNaN(value.applyAsDouble(i))).toList();
	}

	/** The row, in the order of {@link #COLUMNS}; unknown values are empty. */
	List<String> cells() {
		return Stream.concat(Stream.of(name, Integer.toString(images)), DoubleStream.of(abRmse, psnr, ciede2000, colourfulness,
			colourfulnessOriginal, colourfulnessRatio, inEn, infoLoss, classAccuracy, abRmseMean, ece, worseThanGray,
			refused).mapToObj(NumberText::measured)).toList();
	}

	private static double mean(List<ImageQuality> images, ToDoubleFunction<ImageQuality> value) {
		return images.stream().mapToDouble(value).average().orElse(Double.NaN);
	}
}
