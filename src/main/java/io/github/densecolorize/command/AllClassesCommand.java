package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
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

import ij.IJ;
import ij.ImagePlus;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.ContactSheet;
import io.github.densecolorize.colorize.ContactSheet.Pages;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;
import io.github.densecolorize.model.ColorModel;

/**
 * Shows the current slice in the colours of each class of a model, so that one can be chosen by looking. Of a slice with a selection, the selection
 * is shown; else what the window shows of it, or in a macro all of it.
 *
 * <pre>{@code
 * run("Colorize: All Classes", "model=microscopy scale=auto mapping=[display range] channel=0 device=auto tile=0");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Colorize: All Classes", headless = true, initializer = "prepare",
	description = "Shows the image in the colours of each class of a model, to choose by looking.")
public class AllClassesCommand extends JobCommand implements Form {

	// Not declared as required, so that this command reports a missing image and not SciJava, which without a window reports nothing.
	@Parameter(label = "Image", required = false, persist = false,
		description = "Grayscale image or stack of 8, 16 or 32 bits, or an RGB image, of which L* is taken. It is not changed.")
	private ImagePlus image;

	@Parameter(label = "Model", persist = false, description = "Name of an installed model, or path of a folder with model.json.")
	private String model = "microscopy";

	@Parameter(label = "Scale", persist = false, description = "Size at which the network sees the image, as a part of the full one: " +
		"auto (from the calibration and the model), 1, 1/2, 0.3, ... Smaller is faster and sees more of the surroundings.")
	private String scale = "auto";

	@Parameter(label = "Gray values", persist = false, choices = { "display range", "full range", "percentile" },
		description = "What is black and white: as displayed, all of the bit depth (32 bits: 0 to 1), or 0.1 to 99.9 % of the stack's values.")
	private String mapping = "display range";

	@Parameter(label = "Channel", persist = false, min = "0", description = "Channel to colorize; 0 if the image has only one.")
	private int channel = ColorizeOptions.ONLY_CHANNEL;

	@Parameter(label = "Device", persist = false, choices = { "auto", "cpu", "gpu", "mps" },
		description = "What computes: auto takes the GPU if there is one; gpu:1 (in macros) is the second.")
	private String device = "auto";

	@Parameter(label = "Tile size (px)", persist = false, min = "0", max = "4096", stepSize = "32",
		description = "Largest side of a tile; smaller ones need less memory and give the same picture. 0 takes what suits the device.")
	private int tile = ColorizeOptions.DEFAULT.tile();

	private final Offers offers = new Offers();

	@Parameter(label = "Contact sheet", type = ItemIO.OUTPUT)
	private ImagePlus sheet;

	@Override
	public void run() {
		attempt().run(() -> {
			var made = make();
			sheet = made.image();
			sheet.setTitle(MacroRun.uniqueTitle(sheet.getTitle()));
			attempt().tell(made.sentence());
			if (!GraphicsEnvironment.isHeadless()) SheetClicks.follow(made);
			MacroRun.show(sheet);
		});
	}

	private ColorizeOptions options() {
		return ColorizeOptions.of(Colorizer.Options.AUTO, scale, mapping, channel, "RGB", tile);
	}

	private ContactSheet make() throws IOException {
		checkThatThereIsAnImage();
		var options = options();
		int plane = (image.getFrame() - 1) * image.getNSlices() + image.getSlice() - 1;
		try (var network = ColorModel.open(Models.folder(model), device);
			var progress = progress("All classes of " + image.getTitle(), "tile"))
		{
			return new ContactSheet(network, options, image, part(image), plane, Pages.SCREEN, progress);
		}
	}

	private static Rectangle part(ImagePlus image) {
		var whole = new Rectangle(image.getWidth(), image.getHeight());
		var roi = image.getRoi();
		var canvas = image.getCanvas();
		// How far a window is zoomed in must not decide what a macro does.
		var chosen = roi != null && roi.isArea() ? roi.getBounds() : canvas == null || IJ.isMacro() ? whole : canvas.getSrcRect();
		var part = chosen.intersection(whole);
		return part.isEmpty() ? whole : part;
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
		return "colorize.md#choose-the-class-by-looking";
	}

	@Override
	public List<Option> options(String input) {
		return switch (input) {
			case "model" -> offers.models();
			case "channel" -> Offers.channels(image);
			case "device" -> offers.devices();
			case "scale" -> Offers.SCALES;
			default -> List.of();
		};
	}

	@Override
	public Set<String> folded() {
		var folded = new HashSet<>(Set.of("scale", "device", "tile"));
		if (image != null && image.getNChannels() == 1) folded.add("channel");
		return folded;
	}

	@Override
	public Map<String, String> zeros() {
		return Map.of("tile", "automatic");
	}

	@Override
	public Map<String, Object> presets() {
		var presets = new HashMap<>(offers.bestModel(model));
		if (image != null && image.getNChannels() > 1) presets.put("channel", image.getC());
		return presets;
	}

	@Override
	public void check(String input) throws IOException {
		switch (input) {
			case "model" -> Models.folder(model);
			case "scale" -> ColorizeOptions.scaleOf(scale);
			case "tile" -> Offers.requireTile(tile);
			case ALL -> options();
			default -> {}
		}
	}
}
