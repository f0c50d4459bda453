package io.github.densecolorize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import io.github.densecolorize.data.ColorDataSetWriter;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ModelSpec;

/** Data sets of a few small images for tests. */
public final class TinyDataSet {

	private TinyDataSet() {}

	/**
	 * Writes a set of two classes that can be told from their lightness: dark images are red (a* 30), bright ones blue (b* -30). A fifth is
	 * for validation.
	 *
	 * @param images of each class
	 * @param side of the images in pixels
	 * @param unknown colours of images of a third class, unknown, of one colour each; without them the set has two classes
	 */
	public static Path write(Path file, int images, int side, int... unknown) throws IOException {
		var random = new Random(1);
		var classes = unknown.length == 0 ? List.of("bright", "dark") : List.of("bright", "dark", ModelSpec.UNKNOWN);
		try (var writer = new ColorDataSetWriter(file, classes, side, 0.2, "made up", "crop")) {
			for (int label = 0; label < 2; label++) {
				boolean dark = label == 1;
				for (int i = 0; i < images; i++)
					writer.add(List.of(image(side, k -> dark ? Lab.toArgb(20 + 10 * random.nextFloat(), 30, 0) : Lab.toArgb(60 + 10 * random
						.nextFloat(), 0, -30))), label);
				writer.endClass(label);
			}
			if (unknown.length > 0) {
				for (int argb : unknown)
					writer.add(List.of(image(side, k -> argb)), 2);
				writer.endClass(2);
			}
			writer.finish(false);
		}
		return file;
	}

	/** @param argb colour of pixel i */
	public static int[] image(int side, IntUnaryOperator argb) {
		return IntStream.range(0, side * side).map(argb).toArray();
	}
}
