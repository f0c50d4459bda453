package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

import ij.measure.ResultsTable;

import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Extent;
import io.github.densecolorize.colorize.FileColorizer.Status;
import io.github.densecolorize.colorize.FolderColorizer;
import io.github.densecolorize.colorize.FolderColorizer.Row;
import io.github.densecolorize.colorize.FolderHints;
import io.github.densecolorize.colorize.Honesty;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.Output;
import io.github.densecolorize.colorize.OwnColours;
import io.github.densecolorize.colorize.ReferenceSource;
import io.github.densecolorize.dialog.Form;
import io.github.densecolorize.dialog.Option;
import io.github.densecolorize.model.ColorModel;

/**
 * Colorizes all images of a folder and its subfolders. Files whose results are there already are skipped, so that a stopped run can be continued; a
 * file that can't be colorized does not stop the others.
 *
 * <pre>{@code
 * run("Colorize Folder", "inputfolder=[/data/gray] outputfolder=[/data/colour] model=microscopy category=auto scale=auto " +
 * 	"mapping=[display range] channel=0 output=RGB device=auto tile=0 format=tif overwrite=false reference=[] referencestrength=auto strength=1 " +
 * 	"hints=none area=image slices=all unknown=gray caption=false");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Colorize Folder", headless = true,
	description = "Colorizes all gray images of a folder and its subfolders.")
public class ColorizeFolderCommand extends JobCommand implements Form {

	private static final String TABLE = "Colorize Folder";

	@Parameter(label = "Input folder", required = false, persist = false, style = FileWidget.DIRECTORY_STYLE,
		description = "Grayscale images and stacks of any format that ImageJ opens, and folders of them.")
	private File inputFolder;

	@Parameter(label = "Output folder", required = false, persist = false, style = FileWidget.DIRECTORY_STYLE,
		description = "Made if it is not there; the results have the names of the inputs.")
	private File outputFolder;

	@Parameter(label = "Model", persist = false, description = "Name of an installed model, or path of a folder with model.json.")
	private String model = "microscopy";

	@Parameter(label = "Category", persist = false,
		description = "What the images show: a class of the model (for microscopy, the stain), or auto to let the model find it for each.")
	private String category = "auto";

	@Parameter(label = "Scale", persist = false, description = "Size at which the network sees the images, as a part of the full one: " +
		"auto (from the calibration and the model), 1, 1/2, 0.3, ...")
	private String scale = "auto";

	@Parameter(label = "Gray values", persist = false, choices = { "display range", "full range", "percentile" },
		description = "What is black and white: as saved for display, all of the bit depth (32 bits: 0 to 1), or 0.1 to 99.9 % of the stack's values.")
	private String mapping = "display range";

	@Parameter(label = "Channel", persist = false, min = "0", description = "Channel to colorize; 0 if the images have only one.")
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

	@Parameter(label = "Format", persist = false, choices = { "tif", "png" }, description = "Of the results; png for single RGB images only.")
	private String format = "tif";

	@Parameter(label = "Overwrite", persist = false, description = "Replace results that are there already, instead of skipping them.")
	private boolean overwrite = false;

	@Parameter(label = "Reference", required = false, persist = false, description = "Colour image whose colours are to be used for all images: title of " +
		"an open RGB image, a file, or a folder of images; several with commas between.")
	private String reference = "";

	// Before the strength of references: ImageJ's Recorder would find strength= in referencestrength=, and complain of one key that comes twice.
	@Parameter(label = "Strength", persist = false, min = "0", max = "2", stepSize = "0.1",
		description = "Of the colours: 0 (gray) to 2; 1 is as predicted. Hints are not changed.")
	private double strength = OwnColours.NONE.strength();

	@Parameter(label = "Reference strength", persist = false,
		description = "Share of the references' colours: auto (what suits each image), or 0 (the model's) to 1.")
	private String referenceStrength = "auto";

	@Parameter(label = "Hints", persist = false, description = "Places whose colour you know: none, overlay (of each image), or a folder with a file " +
		"NAME.zip, NAME.roi or NAME.csv for each image NAME that has hints.")
	private String hints = OwnColours.NONE.hints();

	@Parameter(label = "Area", persist = false, choices = { "image", "selection", "crop" }, description = "What is colorized: all of the image, what the selection saved with it" +
		" covers (the rest stays gray), or the same with the result cut to it.")
	private String area = Extent.ALL.area().toString();

	@Parameter(label = "Slices", persist = false, description = "Slices that are colorized and that the result has, counted from 1, z before t: all, " +
		"or numbers such as 5, 3-20 or 3-20,30.")
	private String slices = Extent.ALL.slices().toString();

	@Parameter(label = "Unknown images", persist = false, choices = { "gray", "colour" },
		description = "What becomes of an image that resembles none of the model's classes while the category is auto.")
	private String unknown = Honesty.DEFAULT.unknown().toString();

	@Parameter(label = "Caption", persist = false, description = "Write \"predicted colour\" into the pictures, for slides (RGB only).")
	private boolean caption = Honesty.DEFAULT.caption();

	private final Offers offers = new Offers();

	@Override
	public void run() {
		var attempt = attempt();
		attempt.run(() -> colorize(attempt));
	}

	@Override
	public String page() {
		return "colorize.md#folders";
	}

	@Override
	public List<Option> options(String input) {
		return switch (input) {
			case "model" -> offers.models();
			case "category" -> offers.categories(model);
			case "device" -> offers.devices();
			case "reference" -> Offers.colourImages(Offers.NO_REFERENCE);
			case "referenceStrength" -> Offers.REFERENCE_STRENGTHS;
			case "scale" -> Offers.SCALES;
			case "hints" -> Offers.FOLDER_HINTS;
			default -> List.of();
		};
	}

	@Override
	public Set<String> folded() {
		return Set.of("scale", "channel", "output", "device", "tile", "format", "referenceStrength", "hints", "unknown", "caption", "area", "slices");
	}

	@Override
	public Map<String, String> zeros() {
		return Map.of("tile", "automatic", "channel", "the only one");
	}

	@Override
	public Set<String> paths() {
		return Set.of("reference", "hints");
	}

	@Override
	public Map<String, Object> presets() {
		return offers.bestModel(model);
	}

	@Override
	public void check(String input) throws IOException {
		switch (input) {
			case "inputFolder" -> requireFolder(inputFolder, "input");
			case "outputFolder" -> given(outputFolder, "output");
			case "model" -> Models.folder(model);
			case "category" -> Offers.requireCategory(model, category);
			case "scale" -> ColorizeOptions.scaleOf(scale);
			case "output" -> Offers.requireOutput(model, output);
			case "tile" -> Offers.requireTile(tile);
			case "format" -> FolderColorizer.checkedFormat(format, Output.of(output));
			case "reference" -> ReferenceSource.require(ReferenceSource.split(reference));
			case "referenceStrength" -> OwnColours.referenceStrengthOf(referenceStrength);
			case "hints" -> FolderHints.of(hints);
			case ALL -> options();
			default -> {}
		}
	}

	private void colorize(Attempt attempt) throws IOException {
		var in = given(inputFolder, "input");
		var out = given(outputFolder, "output");
		var options = options();
		FolderColorizer.checkedFormat(format, options.output());
		FolderHints.of(hints);
		var table = new ResultsTable();
		var rows = new ArrayList<Row>();
		try (var network = ColorModel.open(Models.folder(model), device);
			var progress = progress("Colorize folder " + in.getName(), "step"))
		{
			var head = ReferenceSource.fit(options.own().references(), network, options.colorizer(), attempt::tell);
			new FolderColorizer(network, options, head, format, overwrite, attempt::bug).colorize(in.toPath(), out.toPath(), row -> {
				rows.add(row);
				add(row, table, attempt);
			}, progress);
		}
		finally {
			// This is shown also if the run was stopped.
			if (!rows.isEmpty()) attempt.tell(summary(rows, options.own().hasHints()));
		}
	}

	private ColorizeOptions options() {
		return ColorizeOptions.of(category, scale, mapping, channel, output, tile).with(OwnColours.of(reference, referenceStrength, strength, hints)).with(
			Extent.of(area, slices)).with(Honesty.of(unknown, caption));
	}

	private static void add(Row row, ResultsTable table, Attempt attempt) {
		if (GraphicsEnvironment.isHeadless()) {
			attempt.tell(row.in() + ": " + row.outcome().status() + ". " + row.outcome().message());
			return;
		}
		table.addRow();
		table.addValue("file", row.in().toString());
		table.addValue("status", row.outcome().status().toString());
		table.addValue("slices", row.outcome().slices());
		table.addValue("seconds", row.outcome().seconds());
		table.addValue("megabytes", row.outcome().bytes() / 1e6);
		table.addValue("output", row.out().toString());
		table.addValue("message", row.outcome().message());
		table.show(TABLE);
	}

	private static String summary(List<Row> rows, boolean hinted) {
		var text = new StringBuilder(FolderColorizer.tally(rows).sentence("colorized"));
		if (hinted) text.append(' ').append(FolderColorizer.hinted(rows));
		rows.stream().filter(row -> row.outcome().status() == Status.FAILED).forEach(row -> text.append("\nFailed: ").append(row.in()).append(
			": ").append(row.outcome().message()));
		return text.toString();
	}
}
