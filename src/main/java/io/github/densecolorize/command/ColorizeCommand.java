package io.github.densecolorize.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;

import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Extent;
import io.github.densecolorize.colorize.HintSource;
import io.github.densecolorize.colorize.Honesty;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.OwnColours;
import io.github.densecolorize.colorize.PreviewPainter;
import io.github.densecolorize.colorize.ReferenceSource;
import io.github.densecolorize.colorize.View;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;
import io.github.densecolorize.dialog.Preview;
import io.github.densecolorize.model.ColorModel;

/**
 * Colorizes the current image. The names of the fields are the keys in macros. All values are checked here, since macros check nothing. No value is
 * remembered, so that the same line does the same on every machine.
 *
 * <pre>{@code
 * run("Colorize (Dense Network)", "model=microscopy category=auto scale=auto mapping=[display range] channel=0 output=RGB device=auto tile=0 " +
 * 	"reference=[] referencestrength=auto strength=1 hints=none " +
 * 	"area=image slices=all unknown=gray caption=false");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Colorize (Dense Network)", headless = true, initializer = "prepare",
	description = "Gives a gray image or stack predicted colours and keeps its lightness.")
public class ColorizeCommand extends JobCommand implements Form {

	// Not declared as required, so that this command reports a missing image and not SciJava, which without a window reports nothing.
	@Parameter(label = "Image", required = false, persist = false,
		description = "Grayscale image or stack of 8, 16 or 32 bits, or an RGB image, of which L* is taken. It is not changed.")
	private ImagePlus image;

	@Parameter(label = "Model", persist = false, description = "Name of an installed model, or path of a folder with model.json.")
	private String model = "microscopy";

	@Parameter(label = "Category", persist = false,
		description = "What the image shows: a class of the model (for microscopy, the stain), or auto to let the model find it.")
	private String category = "auto";

	@Parameter(label = "Scale", persist = false, description = "Size at which the network sees the image, as a part of the full one: " +
		"auto (from the calibration and the model), 1, 1/2, 0.3, ... Smaller is faster and sees more of the surroundings.")
	private String scale = "auto";

	@Parameter(label = "Gray values", persist = false, choices = { "display range", "full range", "percentile" },
		description = "What is black and white: as displayed, all of the bit depth (32 bits: 0 to 1), or 0.1 to 99.9 % of the stack's values.")
	private String mapping = "display range";

	@Parameter(label = "Channel", persist = false, min = "0", description = "Channel to colorize; 0 if the image has only one.")
	private int channel = ColorizeOptions.ONLY_CHANNEL;

	@Parameter(label = "Output", persist = false, choices = { "RGB", "Lab", "ab", "error" },
		description = "RGB colours, L*, a*, b* or a*, b* as 32-bit channels, or how wrong the colours are to be expected at each pixel.")
	private String output = "RGB";

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "gpu", "mps" },
		description = "What computes: auto takes the GPU if there is one; gpu:1 (in macros) is the second.")
	private String device = "auto";

	@Parameter(label = "Tile size (px)", persist = false, min = "0", max = "4096", stepSize = "32",
		description = "Largest side of a tile; smaller ones need less memory and give the same picture. 0 takes what suits the device.")
	private int tile = ColorizeOptions.DEFAULT.tile();

	@Parameter(label = "Reference", required = false, persist = false,
		description = "Colour image whose colours are to be used: title of an open RGB image, a file, or a folder of images; several with commas between.")
	private String reference = "";

	// Before the strength of references: ImageJ's Recorder would find strength= in referencestrength=, and complain of one key that comes twice.
	@Parameter(label = "Strength", persist = false, min = "0", max = "2", stepSize = "0.1",
		description = "Of the colours: 0 (gray) to 2; 1 is as predicted. Hints are not changed.")
	private double strength = OwnColours.NONE.strength();

	@Parameter(label = "Reference strength", persist = false,
		description = "Share of the references' colours: auto (what suits the image), or 0 (the model's) to 1.")
	private String referenceStrength = "auto";

	@Parameter(label = "Hints", persist = false, description = "Places whose colour you know, marked by ROIs in that colour: none, overlay, roi manager, " +
		"or a file (.roi, .zip, or .csv with x,y,slice,r,g,b).")
	private String hints = OwnColours.NONE.hints();

	@Parameter(label = "Area", persist = false, choices = { "image", "selection", "crop" }, description = "What is colorized: all of the image, what its selection" +
		" covers (the rest stays gray), or the same with the result cut to it.")
	private String area = Extent.ALL.area().toString();

	@Parameter(label = "Slices", persist = false, description = "Slices that are colorized and that the result has, counted from 1, z before t: all, current, " +
		"or numbers such as 5, 3-20 or 3-20,30.")
	private String slices = Extent.ALL.slices().toString();

	@Parameter(label = "Unknown images", persist = false, choices = { "gray", "colour" },
		description = "What becomes of an image that resembles none of the model's classes while the category is auto.")
	private String unknown = Honesty.DEFAULT.unknown().toString();

	@Parameter(label = "Caption", persist = false, description = "Write \"predicted colour\" into the picture, for slides (RGB only).")
	private boolean caption = Honesty.DEFAULT.caption();

	@Parameter(label = "Colorized image", type = ItemIO.OUTPUT)
	private ImagePlus colorized;

	private final Offers offers = new Offers();

	@Override
	public void run() {
		attempt().run(() -> {
			colorized = colorize();
			colorized.setTitle(MacroRun.uniqueTitle(colorized.getTitle()));
			MacroRun.show(colorized);
		});
	}

	private ImagePlus colorize() throws IOException {
		checkThatThereIsAnImage();
		var options = options();
		var given = HintSource.of(hints).read(image, attempt()::tell);
		try (var network = ColorModel.open(Models.folder(model), device);
			var progress = progress("Colorize " + image.getTitle(), "tile"))
		{
			var head = ReferenceSource.fit(options.own().references(), network, options.colorizer(), attempt()::tell);
			return new ImageColorizer(network, options, head, attempt()::tell).colorize(image, given, progress);
		}
	}

	private ColorizeOptions options() {
		return ColorizeOptions.of(category, scale, mapping, channel, output, tile).with(OwnColours.of(reference, referenceStrength, strength, hints)).with(
			Extent.of(area, slices)).with(Honesty.of(unknown, caption));
	}

	/** Called by SciJava before the dialog, so that nobody fills it in for nothing if there is no image. */
	@SuppressWarnings("unused")
	private void prepare() {
		attempt().run(this::checkThatThereIsAnImage);
	}

	private void checkThatThereIsAnImage() {
		OpenImages.require(image, "a grayscale image or a stack");
	}

	@Override
	public String page() {
		return "colorize.md";
	}

	@Override
	public List<Option> options(String input) {
		return switch (input) {
			case "model" -> offers.models();
			case "category" -> offers.categories(model);
			case "channel" -> Offers.channels(image);
			case "device" -> offers.devices();
			case "reference" -> Offers.colourImages(Offers.NO_REFERENCE);
			case "referenceStrength" -> Offers.REFERENCE_STRENGTHS;
			case "scale" -> Offers.SCALES;
			case "slices" -> Offers.slices(image);
			case "hints" -> Offers.hints(image);
			default -> List.of();
		};
	}

	@Override
	public Set<String> folded() {
		var folded = new HashSet<>(Set.of("scale", "output", "device", "tile", "referenceStrength", "hints", "unknown", "caption"));
		if (image != null && image.getNChannels() == 1) folded.add("channel");
		return folded;
	}

	@Override
	public Map<String, String> zeros() {
		return Map.of("tile", "automatic");
	}

	@Override
	public Set<String> paths() {
		return Set.of("reference", "hints");
	}

	@Override
	public Map<String, Object> presets() {
		var presets = new HashMap<>(offers.bestModel(model));
		if (image == null) return presets;
		if (image.getNChannels() > 1) presets.put("channel", image.getC());
		if (image.getRoi() != null && image.getRoi().isArea()) presets.put("area", "selection");
		return presets;
	}

	@Override
	public void check(String input) throws IOException {
		switch (input) {
			case "model" -> Models.folder(model);
			case "category" -> Offers.requireCategory(model, category);
			case "scale" -> ColorizeOptions.scaleOf(scale);
			case "output" -> Offers.requireOutput(model, output);
			case "tile" -> Offers.requireTile(tile);
			case "reference" -> ReferenceSource.require(ReferenceSource.split(reference));
			case "referenceStrength" -> OwnColours.referenceStrengthOf(referenceStrength);
			case "hints" -> HintSource.of(hints).read(image, sentence -> {});
			case ALL -> options();
			default -> {}
		}
	}

	@Override
	public Preview preview() {
		return image == null ? null : new PreviewWindow(image, () -> new PreviewPainter.Wanted(View.of(image), model, device, options()));
	}
}
