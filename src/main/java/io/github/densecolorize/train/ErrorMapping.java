package io.github.densecolorize.train;

import java.io.IOException;
import java.nio.file.Path;

import io.github.densecolorize.ErrorFit;
import io.github.densecolorize.Progress;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ErrorMap;
import io.github.densecolorize.model.ErrorTensors;
import io.github.densecolorize.model.ModelSpec;

/** Gives a model its {@link ErrorMap}: it is fitted to validation images, since on training images the model is better than it will be in use. */
final class ErrorMapping {

	/** Largest number of images that it is fitted to; they are evenly spread over the validation images whose colours count. */
	private static final int IMAGES = 300;

	private ErrorMapping() {}

	/**
	 * @param model folder of a model that was not adapted to references
	 * @param data with validation images whose colours count
	 * @param folder to write, which may be that of the model; what it holds is replaced in one step
	 * @param device as {@link ColorModel#open(Path, String)} takes it
	 * @param progress told of images; may throw a {@code CancellationException}
	 */
	static void write(Path model, ColorDataSet data, Path folder, String device, Progress progress) throws IOException {
		var images = TrainingImages.spread(TrainingImages.coloured(data, true), IMAGES);
		ErrorMap map;
		ModelSpec.ErrorSample sample;
		try (var network = ColorModel.open(model, device)) {
			var fit = new ErrorFit(network);
			for (int i = 0; i < images.length; i++) {
				progress.update(i, images.length);
				fit.add(data.argb(images[i]), data.side());
			}
			map = fit.map();
			sample = fit.sample();
		}
		ErrorTensors.write(model, map, sample, folder);
	}
}
