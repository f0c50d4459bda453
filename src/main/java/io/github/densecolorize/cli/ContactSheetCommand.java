package io.github.densecolorize.cli;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.ContactSheet;
import io.github.densecolorize.colorize.ContactSheet.Pages;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.OutputFile;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.open.ImageFiles;

/** Shows an image in the colours of each class. */
@Command(name = "contact-sheet", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Shows an image in the colours of each class of a model: small pictures with the name of the class and its probability, the most likely first.",
	"Of a stack the middle slice is shown. A TIFF file has several pages if there are many classes, a PNG file one long page." })
final class ContactSheetCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "IN", description = "Grayscale image or stack; of a colour image L* is taken.")
	private Path in;
	@Option(names = "-o", required = true, paramLabel = "OUT", description = "File to write, .png or .tif.")
	private Path out;
	@Option(names = "--overwrite", description = "Replace an output that exists.")
	private boolean overwrite;
	@Mixin
	private ImageChoice image;
	@Mixin
	private NetworkChoice network;

	@Override
	public Integer call() throws IOException {
		var options = ColorizeOptions.of(Colorizer.Options.AUTO, network.scale, image.mapping, image.channel, "RGB", network.tile);
		if (!OutputFile.hasFormat(out)) throw new IllegalArgumentException("Output " + out + " does not end in " + OutputFile.ENDINGS + "; add one.");
		OutputFile.check(in, out, overwrite);
		var said = new ArrayList<String>();
		var opened = ImageFiles.openByRegions(in, said::add);
		try (var model = ColorModel.open(Models.folder(image.model), network.device);
			var file = new OutputFile(out, overwrite);
			var progress = new TerminalProgress(in.getFileName().toString()))
		{
			var sheet = new ContactSheet(model, options, opened, new Rectangle(opened.getWidth(), opened.getHeight()), opened.getNSlices() * opened.getNFrames() /
				2, OutputFile.isPng(out) ? Pages.ONE : Pages.SCREEN, progress);
			file.write(sheet.image());
			said.add(sheet.sentence());
		}
		spec.commandLine().getOut().println(in + " -> " + out + ": " + String.join(" ", said));
		spec.commandLine().getOut().flush();
		return ExitCode.OK;
	}
}
