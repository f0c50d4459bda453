package io.github.densecolorize.command;

import java.awt.Window;
import java.util.Arrays;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GUI;
import ij.gui.Plot;
import ij.gui.PlotWindow;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import ij.text.TextWindow;

/**
 * The windows of a training: losses in a plot, validation images, and a table of measurements. Each is put where it covers no other window, as far as
 * there is room; if one of the same title is there, from the same run before it was stopped, its content is replaced. What the user closes stays
 * closed.
 */
final class TrainingWindows {

	private final String name;
	private PlotWindow plot;
	/** Whether the plot is of this run alone, and not of an earlier one too. */
	private boolean opened;
	private ImagePlus images;
	private TextWindow rows;

	/** @param name of the model */
	TrainingWindows(String name) {
		this.name = name;
	}

	/** @param drawn has the title {@link #plotTitle} */
	void draw(Plot drawn) {
		if (plot == null) {
			opened = !hasPlot();
			plot = opened ? place(drawn.show()) : (PlotWindow) image(plotTitle());
		}
		if (plot != null && !plot.isClosed()) plot.drawPlot(drawn);
	}

	/** Whether an earlier run of this name has left its plot. */
	boolean hasPlot() {
		return image(plotTitle()) instanceof PlotWindow;
	}

	String plotTitle() {
		return "Loss of " + name;
	}

	void show(ImageProcessor validationImages) {
		var title = "Gray, prediction and original of " + name;
		if (images == null) images = WindowManager.getImage(title);
		if (images == null) {
			images = new ImagePlus(title, validationImages);
			images.show();
			place(images.getWindow());
		}
		else images.setProcessor(validationImages);
	}

	/** @param table has a row more than the last time */
	void show(ResultsTable table) {
		if (rows == null) {
			var title = "Training of " + name;
			boolean there = frame(title) instanceof TextWindow;
			table.show(title);
			rows = (TextWindow) frame(title);
			if (!there) place(rows);
		}
		// Not shown once more as a whole, as ImageJ would then put the window in front of what the user does.
		else if (rows.isShowing()) rows.getTextPanel().append(table.getRowAsString(table.size() - 1));
		rows.getTextPanel().setResultsTable(table);
	}

	/** Takes the plot away, unless it was there before. */
	void closePlot() {
		if (opened && plot != null && !plot.isClosed()) plot.close();
	}

	private static Window image(String title) {
		var image = WindowManager.getImage(title);
		return image == null ? null : image.getWindow();
	}

	private static Window frame(String title) {
		return WindowManager.getFrame(title);
	}

	/** @param window null if another macro is in batch mode right now, in which ImageJ opens none */
	private static <W extends Window> W place(W window) {
		if (window == null) return null;
		var others = Arrays.stream(Window.getWindows()).filter(other -> other != window && other.isShowing()).map(Window::getBounds).toList();
		window.setLocation(FreePlace.of(GUI.getMaxWindowBounds(window), others, window.getSize()));
		return window;
	}
}
