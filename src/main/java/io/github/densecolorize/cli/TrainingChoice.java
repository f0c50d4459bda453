package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.net.Loss;
import io.github.densecolorize.net.Preset;
import io.github.densecolorize.train.Start;

/** Options that say what is trained and how, for training and for its benchmark. */
final class TrainingChoice {

	private static final double SCALE = 0.25;

	/** Presets and what they are for, for users. */
	private static final class Presets implements Iterable<String> {

		@Override
		public Iterator<String> iterator() {
			return Preset.all().stream().map(Preset::label).iterator();
		}
	}

	/** Losses and what they are, for users. */
	private static final class Losses implements Iterable<String> {

		@Override
		public Iterator<String> iterator() {
			return Loss.all().stream().map(Loss::label).iterator();
		}
	}

	@Parameters(paramLabel = "DATA", description = "Data set: a .h5 file, or the name of a set in numbered files.")
	Path data;
	@Option(names = "--start", paramLabel = "MODEL", description = "Fine-tune this model, or the mean of several with commas between: its weights and network are taken, and its scale unless --scale is given; --preset does not count.")
	String start;
	@Option(names = "--preset", defaultValue = "compact", completionCandidates = Presets.class, description = "${COMPLETION-CANDIDATES}.")
	String preset;
	@Option(names = "--scale", description = "Reduction of the images before the network; 0.25 unless given, or that of the model to fine-tune.")
	private Double scale;
	@Option(names = "--long-side", paramLabel = "PIXELS", description = "Instead of --scale, for photographs: the long side to which images are reduced before the network, whatever their size. Unless given, that of the data set's images if they were made with --fit resize.")
	private Integer longSide;
	@Option(names = "--micrometres-per-pixel", defaultValue = "0", description = "Size of a reduced pixel, to which calibrated images are brought; 0 if unknown. With --start it counts only beside --scale or --long-side.")
	private double micrometresPerPixel;
	@Option(names = "--device", defaultValue = "auto", description = "auto, cpu, gpu, gpu:1, ... or mps.")
	String device;
	@Option(names = "--batch", defaultValue = "16", description = "Crops a step.")
	private int batch;
	@Option(names = "--patch", defaultValue = "32", description = "Side of a crop, pixels at the model's scale.")
	private int patch;
	@Option(names = "--learning-rate", description = "After the warm-up; 0.002 unless given, 0.0005 to fine-tune.")
	private Double learningRate;
	@Option(names = "--loss", defaultValue = Start.AUTO, completionCandidates = Losses.class, description = "${COMPLETION-CANDIDATES}; auto is that of the preset, or of the model to fine-tune.")
	private String loss;
	@Option(names = "--feedback", description = "independent (as in the paper: the colour loss does not train the class guidance) or joint; that of the preset, or of the model to fine-tune, unless given.")
	private TrainingSettings.Feedback feedback;
	@Option(names = "--class-weight", defaultValue = "" + TrainingSettings.CLASS_WEIGHT, description = "Weight of the class loss beside the colour loss.")
	private double classWeight;
	@Option(names = "--balance", defaultValue = "" + TrainingSettings.BALANCE, description = "0 draws every image equally often, 1 every class.")
	private double balance;
	@Option(names = "--balance-laboratories", defaultValue = "0", paramLabel = "SHARE", description = "Within each class, 0 draws every image equally often, 1 every laboratory: images whose file names are the same up to the first _.")
	private double laboratoryBalance;
	@Option(names = "--augmentation", defaultValue = "dihedral", description = "dihedral (all turns and mirror images, as under a microscope) or mirror (left and right, as in photographs).")
	private TrainingSettings.Augmentation augmentation;
	@Option(names = "--jitter", defaultValue = "0", description = "How much tones, sharpness, noise, JPEG compression and size (half to twice) vary in half of the crops: 0 not at all, 1 as much as between laboratories.")
	private double jitter;
	@Option(names = "--seed", defaultValue = "1", description = "The same seed repeats a run of fixed epochs on the same CPU.")
	private long seed;

	Start start(ColorDataSet of) throws IOException {
		if (start == null) return Start.random(preset, scale(of));
		var tuned = Start.of(Models.foldersOf(start), of);
		return scale == null && longSide == null ? tuned : tuned.at(scale(of));
	}

	private Scale scale(ColorDataSet of) {
		if (longSide == null) return of.scale(scale == null ? SCALE : scale, micrometresPerPixel);
		if (longSide < 1) throw new IllegalArgumentException("--long-side is " + longSide + "; must be at least 1 pixel.");
		var seen = of.scale(Math.min(1, longSide / (double) of.side()), micrometresPerPixel);
		return new Scale(seen.factor(), seen.micrometresPerPixel(), longSide, seen.field());
	}

	/** What was chosen, except for the length of the training. */
	TrainingSettings.Builder settings(String name, Start from) {
		return TrainingSettings.on(name).start(from.name()).seed(seed).batch(batch).patch(patch).learningRate(learningRate == null ? from
			.learningRate() : learningRate).loss(from.loss(loss)).feedback(feedback == null ? from.feedback() : feedback).classWeight(
				classWeight).balance(balance).augmentation(augmentation).jitter(jitter).laboratoryBalance(laboratoryBalance);
	}
}
