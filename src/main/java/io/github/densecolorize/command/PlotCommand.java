package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.densecolorize.measure.QuantityPlot;

/**
 * Plots the histogram of a column that Measure Info_loss wrote into the Results table, a line for each text in the column "method".
 *
 * <pre>{@code
 * run("Plot Info_loss", "column=Info_loss");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Plot Info_loss", headless = true,
	description = "Draws the histogram of a quantity that Measure Info_loss wrote into the Results table.")
public class PlotCommand extends ContextCommand {

	@Parameter(label = "Column", persist = false, description = "Column of the Results table: Info_loss, PSNR, SSIM, CIEDE2000_mean, ...")
	private String column = "Info_loss";

	@Parameter(label = "Plot", type = ItemIO.OUTPUT)
	private ImagePlus plot;

	@Parameter
	private LogService log;

	@Override
	public void run() {
		new Attempt(this, log).run(() -> {
			var name = InfoLossTables.column(column);
			var histograms = QuantityPlot.of(name, InfoLossTables.valuesByMethod(name));
			if (GraphicsEnvironment.isHeadless()) {
				plot = histograms.getImagePlus();
				MacroRun.show(plot);
			}
			else {
				// As an output of the command it would be shown in the window of an image, in which a plot can't be edited.
				histograms.show();
				WindowManager.setTempCurrentImage(null);
			}
		});
	}
}
