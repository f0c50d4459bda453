package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;

/** Asks the other installed models about an image that a model does not know. */
final class OtherModels {

	private OtherModels() {}

	/**
	 * Which of them find a class in the image; this opens each. Those without a class {@value ModelSpec#UNKNOWN} are not asked, since they find one in any
	 * image: they are only named.
	 *
	 * @param model that does not know the image
	 * @param planes L* of the image
	 * @param micrometres size of a pixel; 0 or NaN if unknown
	 * @return a sentence for each
	 */
	static List<String> knowing(ModelSpec model, List<? extends RandomAccessibleInterval<FloatType>> planes, double micrometres) {
		var sentences = new ArrayList<String>();
		var perhaps = new ArrayList<String>();
		for (var name : installed())
			try {
				if (name.equals(model.name())) continue;
				var folder = Models.folder(name);
				if (ModelFolder.spec(folder).classes().contains(ModelSpec.UNKNOWN)) ask(name, folder, planes, micrometres).ifPresent(sentences::add);
				else perhaps.add(name);
			}
			catch (IOException e) {
				// A damaged model can't be asked; Colorizer Models and Device says what is wrong with it.
			}
		if (!perhaps.isEmpty()) sentences.add("Perhaps another installed model knows such images: " + String.join(", ", perhaps) + ".");
		return sentences;
	}

	private static List<String> installed() {
		try {
			return Models.installed();
		}
		catch (IOException e) {
			return List.of();
		}
	}

	private static Optional<String> ask(String name, Path folder, List<? extends RandomAccessibleInterval<FloatType>> planes, double micrometres)
		throws IOException
	{
		try (var other = ColorModel.open(folder, "cpu")) {
			var found = new Colorizer(other, Colorizer.Options.DEFAULT).plan(planes, micrometres).guidance();
			return found.category().equals(ModelSpec.UNKNOWN) ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
				"The installed model %s takes it for class %s (probability %.2f).", name, found.category(), found.probability()));
		}
	}
}
