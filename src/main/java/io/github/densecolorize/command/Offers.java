package io.github.densecolorize.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.Output;
import io.github.densecolorize.colorize.Provenance;
import io.github.densecolorize.colorize.ReferenceSource;
import io.github.densecolorize.dialog.Option;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Torch;

/** What can be chosen in the dialog of a command. What is read from the disk is read once. */
final class Offers {

	private static final String AUTO = Colorizer.Options.AUTO;
	static final List<Option> REFERENCE_STRENGTHS = List.of(Option.of(AUTO, "What suits the image."), Option.of("1",
		"The colours of the references."), Option.of("0.5"), Option.of("0", "The model's own colours."));
	static final List<Option> SCALES = List.of(Option.of(AUTO, "From the calibration and the model."), Option.of("1"), Option.of("1/2"), Option
		.of("1/4"), Option.of("1/8"));
	static final Option NO_REFERENCE = new Option("", "none", "");
	private static final Option NO_HINTS = Option.of("none", "");
	static final List<Option> FOLDER_HINTS = List.of(NO_HINTS, Option.of("overlay", "ROIs in the overlay of each image."));
	/** First words of a model's card that every card has. */
	private static final String OPENING = "This model gives colours to ";
	private static final int SOME_CLASSES = 5;

	/** Of a model; the specification is null if it can't be read. */
	private record Found(String name, Path folder, ModelSpec spec) {

		/** Those with a measured quality first, then adapted ones, whose quality was not measured; damaged ones last. */
		double rank() {
			if (spec == null) return Double.POSITIVE_INFINITY;
			return spec.quality() == null ? Double.MAX_VALUE : spec.quality().abRmse();
		}

		String purpose() {
			if (spec == null) return "damaged, see Colorizer Models and Device";
			var card = opening(folder);
			if (!card.isEmpty()) return card;
			var classes = spec.choices();
			return (classes.size() == 1 ? "Class " : classes.size() + " classes: ") + String.join(", ", classes.subList(0, Math.min(SOME_CLASSES, classes
				.size()))) + (classes.size() > SOME_CLASSES ? ", ..." : "");
		}
	}

	private List<Option> models;
	private final Map<String, List<Option>> categories = new HashMap<>();
	private final Map<ImagePlus, String> colours = new HashMap<>();
	private List<Option> devices;

	/** The installed models, the best first, each with what it is for. */
	List<Option> models() {
		if (models == null) models = installed().stream().map(found -> Option.of(found.name, found.purpose())).toList();
		return models;
	}

	private static List<Found> installed() {
		var all = new ArrayList<Found>();
		try {
			for (var name : Models.installed())
				all.add(found(name));
		}
		catch (IOException e) {
			// A path can be typed all the same, and the command says what is wrong.
		}
		all.sort(Comparator.comparingDouble(Found::rank));
		return all;
	}

	private static Found found(String name) throws IOException {
		var folder = Models.folder(name);
		try {
			return new Found(name, folder, ModelFolder.spec(folder));
		}
		catch (IOException e) {
			return new Found(name, folder, null);
		}
	}

	/** What the first sentence of a model's card says that it gives colours to; empty if there is none. */
	private static String opening(Path folder) {
		try (var lines = Files.lines(folder.resolve(ModelsCommand.CARD))) {
			var text = lines.dropWhile(line -> !line.startsWith(OPENING)).takeWhile(line -> !line.isBlank()).reduce("", (a, b) -> a + " " + b);
			var sentence = text.replaceFirst("^ " + OPENING, "").replaceFirst("(, from their lightness alone)?\\.(\\s.*|$)", "");
			return sentence.isEmpty() ? "" : sentence.substring(0, 1).toUpperCase() + sentence.substring(1);
		}
		catch (IOException | UncheckedIOException e) {
			return "";
		}
	}

	/** The best installed model, if the usual one is not installed: a preset of the dialog. */
	Map<String, Object> bestModel(String usual) {
		return models().isEmpty() || models().stream().anyMatch(model -> model.value().equals(usual)) ? Map.of() : Map.of("model", models().get(0).value());
	}

	/** The installed models, beside another choice that comes first. */
	List<Option> modelsAfter(Option first) {
		return Stream.concat(Stream.of(first), models().stream()).toList();
	}

	/** {@code auto}, and the classes of a model; {@code auto} alone if there is no such model. */
	List<Option> categories(String model) {
		return categories.computeIfAbsent(model, m -> Stream.concat(Stream.of(Option.of(AUTO, "The model finds the class.")), classes(m).stream().map(
			Option::of)).toList());
	}

	private static List<String> classes(String model) {
		try {
			return ModelFolder.spec(Models.folder(model)).choices();
		}
		catch (IOException e) {
			return List.of();
		}
	}

	/** @throws IllegalArgumentException with a sentence if there is no such output, or the model can't give it */
	static void requireOutput(String model, String output) throws IOException {
		var wanted = Output.of(output);
		// For the others, what is wrong with the model is said at its own field.
		if (wanted == Output.ERROR) wanted.requireOf(ModelFolder.spec(Models.folder(model)));
	}

	/** @throws IllegalArgumentException if it is neither {@code auto} nor a class of the model */
	static void requireCategory(String model, String category) throws IOException {
		var spec = ModelFolder.spec(Models.folder(model));
		if (!category.trim().equalsIgnoreCase(AUTO)) spec.choice(category.trim());
	}

	/** The devices that are there. */
	List<Option> devices() {
		if (devices == null) devices = Torch.deviceNames().stream().map(name -> Option.of(name, switch (name) {
			case AUTO -> "A GPU if there is one that can be used, else the processor.";
			case "cpu" -> "The processor.";
			default -> "";
		})).toList();
		return devices;
	}

	/** The channels of an image, each with the label of its slice. */
	static List<Option> channels(ImagePlus image) {
		if (image == null) return List.of();
		if (image.getNChannels() == 1) return List.of(new Option(ColorizeOptions.ONLY_CHANNEL, "the only one", ""));
		return IntStream.rangeClosed(1, image.getNChannels()).mapToObj(c -> new Option(c, String.valueOf(c), label(image, c))).toList();
	}

	private static String label(ImagePlus image, int channel) {
		var label = image.getStack().getSliceLabel(image.getStackIndex(channel, image.getZ(), image.getT()));
		return label == null ? "" : label.lines().findFirst().orElse("");
	}

	/** The slices of an image that can be chosen in a word; of a single one, or of none, all of it. */
	static List<Option> slices(ImagePlus image) {
		boolean one = image == null || image.getNSlices() * image.getNFrames() == 1;
		var all = Option.of("all", one ? "" : "Or type numbers from 1, such as 3-20.");
		return one ? List.of(all) : List.of(all, Option.of("current", "The slice that is shown."));
	}

	/** Where hints of an image can be, beside a file. */
	static List<Option> hints(ImagePlus image) {
		int rois = image == null || image.getOverlay() == null ? 0 : image.getOverlay().size();
		var overlay = rois == 0 ? "The image has no overlay." : "The image's overlay: " + rois + (rois == 1 ? " ROI." : " ROIs.");
		return List.of(NO_HINTS, Option.of("overlay", overlay), Option.of("roi manager", "ROIs of the ROI Manager."));
	}

	/** @throws IllegalArgumentException if it is no size of a tile */
	static void requireTile(int tile) {
		new Colorizer.Options(AUTO, Colorizer.Options.AUTO_SCALE, tile);
	}

	/** The open images whose colours may be real ones. Those with a comma in the title can't be given by it. */
	static List<Option> colourImages(Option first) {
		return Stream.concat(Stream.of(first), open().filter(image -> image.getBitDepth() == 24 && !Provenance.isIn(image) && !image.getTitle().contains(
			",")).map(image -> Option.of(image
			.getTitle(), "An open image."))).toList();
	}

	/** The open images, each with what matters if its colours are compared. */
	List<Option> measurable() {
		return open().map(image -> new Option(image, image.getTitle(), colours.computeIfAbsent(image, Offers::colours))).toList();
	}

	private static String colours(ImagePlus image) {
		if (Provenance.isIn(image)) return "Colorized: its colours are predicted.";
		return ReferenceSource.hasColours(image) ? "" : "A gray image: it has no colours to compare with.";
	}

	/** Two images to begin with: the last one that was colorized, and another one, if possible the one that it was made from. */
	static Map<String, Object> pair(String original, String colorized) {
		var made = open().filter(Provenance::isIn).reduce((a, b) -> b);
		if (made.isEmpty()) return others(original, colorized, open().toList());
		var name = made.get().getTitle().replaceFirst(" colorized(-\\d+)?$", "");
		var pair = new HashMap<String, Object>(Map.of(colorized, made.get()));
		Predicate<ImagePlus> likely = image -> image.getTitle().startsWith(name) && ReferenceSource.hasColours(image);
		var others = open().filter(image -> !Provenance.isIn(image)).toList();
		others.stream().filter(likely).findFirst().or(() -> others.stream().findFirst()).ifPresent(image -> pair.put(original, image));
		return pair;
	}

	private static Map<String, Object> others(String original, String colorized, List<ImagePlus> images) {
		if (images.size() < 2) return Map.of();
		return Map.of(original, images.get(0), colorized, images.get(1));
	}

	private static Stream<ImagePlus> open() {
		var ids = WindowManager.getIDList();
		return ids == null ? Stream.empty() : Arrays.stream(ids).mapToObj(WindowManager::getImage);
	}
}
