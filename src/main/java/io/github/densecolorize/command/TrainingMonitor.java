package io.github.densecolorize.command;

import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.view.Views;

import ij.gui.Plot;
import ij.macro.Interpreter;
import ij.measure.ResultsTable;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

import io.github.densecolorize.Progress;
import io.github.densecolorize.train.Training;
import io.github.densecolorize.train.TrainingReport;

/**
 * Shows a training while it runs: losses in a plot, validation images in a preview, and a row for each measurement in a table; without a window, or in
 * a macro's batch mode, a line for each measurement in the log. The plot is there from the beginning; if the training could not begin, it is closed
 * with the monitor.
 */
final class TrainingMonitor implements Training.Listener, AutoCloseable {

	private static final long NANOS_BETWEEN_POINTS = 2_000_000_000;
	/** Approximate side, in pixels, of an enlarged image of the preview. */
	private static final int PREVIEW = 128;

	private final Progress progress;
	private final Consumer<String> log;
	/** Null if there is no window, or a macro wants to see none. */
	private final TrainingWindows windows;

	private final List<Double> epochs = new ArrayList<>(), losses = new ArrayList<>();
	private final List<Double> measuredEpochs = new ArrayList<>(), measuredLosses = new ArrayList<>();
	/** Sum of the losses since the last point of the plot. */
	private double sum;
	private int summed;
	private long nextPoint = System.nanoTime() + NANOS_BETWEEN_POINTS;

	private final ResultsTable table = new ResultsTable();

	/**
	 * @param name of the model
	 * @param progress told of batches
	 * @param log takes a sentence for each measurement if there is no window
	 * @param begins what is loaded, a sentence that is seen until there is something to plot
	 */
	TrainingMonitor(String name, Progress progress, Consumer<String> log, String begins) {
		this.progress = progress;
		this.log = log;
		windows = GraphicsEnvironment.isHeadless() || Interpreter.isBatchMode() ? null : new TrainingWindows(name);
		if (windows != null && !windows.hasPlot()) windows.draw(empty(begins));
	}

	@Override
	public void update(long done, long total) {
		progress.update(done, total);
	}

	@Override
	public void resumed(List<TrainingReport> reports) {
		reports.forEach(this::add);
	}

	@Override
	public void stepped(Training.Step step) {
		sum += step.chromaLoss();
		summed++;
		if (windows == null || System.nanoTime() < nextPoint) return;
		epochs.add(step.epoch());
		losses.add(sum / summed);
		sum = 0;
		summed = 0;
		windows.draw(plot());
		nextPoint = System.nanoTime() + NANOS_BETWEEN_POINTS;
	}

	@Override
	public void unusual(String sentence) {
		log.accept(sentence);
	}

	@Override
	public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> images) {
		if (windows == null) {
			log.accept(String.format(Locale.ROOT, "Epoch %.2f: loss %.4f, validation loss %.4f, ab RMSE %.2f, class accuracy %.1f %%%s.", report
				.epoch(), report.chromaLoss(), report.validationChromaLoss(), report.quality().abRmse(), 100 * report.quality().classAccuracy(),
				report.best() ? " (best so far)" : ""));
			return;
		}
		add(report);
		windows.draw(plot());
		windows.show(enlarged(images));
		windows.show(table);
	}

	@Override
	public void finished(String sentence) {
		log.accept(sentence);
	}

	@Override
	public void close() {
		if (windows != null && losses.isEmpty() && measuredLosses.isEmpty()) windows.closePlot();
	}

	private void add(TrainingReport report) {
		measuredEpochs.add(report.epoch());
		measuredLosses.add(report.validationChromaLoss());
		table.addRow();
		var values = report.values();
		for (int i = 0; i < values.length; i++)
			table.addValue(TrainingReport.COLUMNS.get(i), values[i]);
	}

	/** Axes with the sentence between them. */
	private Plot empty(String begins) {
		var drawn = axes();
		drawn.setLimits(0, 1, 0.01, 1);
		drawn.addLabel(0.03, 0.5, begins + "\nLoading; the first losses follow.");
		return drawn;
	}

	private Plot axes() {
		var drawn = new Plot(windows.plotTitle(), "Epoch", "Colour loss");
		drawn.setAxisYLog(true);
		return drawn;
	}

	private Plot plot() {
		var drawn = axes();
		drawn.setColor(new Color(0x0072b2));
		drawn.setLineWidth(1);
		drawn.add("line", array(epochs), array(losses));
		drawn.setColor(new Color(0xd55e00));
		drawn.setLineWidth(2);
		drawn.add("connected circle", array(measuredEpochs), array(measuredLosses));
		drawn.setColor(Color.BLACK);
		drawn.setLineWidth(1);
		drawn.addLegend("training\nvalidation");
		drawn.setLimits(0, Double.NaN, Double.NaN, Double.NaN);
		return drawn;
	}

	private static double[] array(List<Double> values) {
		return values.stream().mapToDouble(v -> v).toArray();
	}

	private static ImageProcessor enlarged(RandomAccessibleInterval<ARGBType> images) {
		int width = (int) images.dimension(0), height = (int) images.dimension(1), i = 0;
		var ip = new ColorProcessor(width, height);
		for (var pixel : Views.flatIterable(images))
			ip.set(i++, pixel.get());
		// There are three images below each other.
		int factor = Math.max(1, Math.round(3f * PREVIEW / height));
		ip.setInterpolationMethod(ImageProcessor.NONE);
		return ip.resize(width * factor, height * factor);
	}
}
