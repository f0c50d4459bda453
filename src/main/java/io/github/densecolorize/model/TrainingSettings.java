package io.github.densecolorize.model;

import java.util.Locale;

import io.github.densecolorize.net.Loss;

/**
 * How a model is trained; this is stored in its {@code model.json}.
 *
 * @param data name of the data set
 * @param licence what the data's sources allow
 * @param start name and SHA-256 of the model whose weights the training began with; empty if it began with random ones
 * @param seed of weights, order, crops and flips; the same seed repeats a run of fixed epochs on the same CPU and threads
 * @param epochs in each, as many crops are drawn as there are training images; the learning rate falls to 0 over all of them
 * @param minutes time after which the training ends if that is before the last epoch; the learning rate then falls to 0 over this time; 0 for no
 *          limit
 * @param patience epochs without improvement on the validation images after which training ends; 0 for none
 * @param batch number of crops in a step
 * @param patch side of a crop, in pixels at the model's scale
 * @param learningRate after the warm-up
 * @param loss name of the {@link Loss} of a*b*; here, as in {@code model.json}, in upper case
 * @param feedback which parts of the network the colour loss trains
 * @param classWeight weight of the class loss beside the colour loss
 * @param balance 0 draws every image equally often, 1 every class
 * @param augmentation how crops are turned
 * @param jitter how much L* and size of half of the crops vary: 0 not at all, 1 as much as may be expected between laboratories
 * @param laboratoryBalance within a class: 0 draws every image equally often, 1 every laboratory
 */
public record TrainingSettings(String data, String licence, String start, long seed, int epochs, double minutes, int patience,
	int batch, int patch, double learningRate, String loss, Feedback feedback, double classWeight, double balance, Augmentation augmentation, double jitter,
	double laboratoryBalance)
{

	/** Number of epochs of a run that is ended by the minutes. */
	public static final int MOST_EPOCHS = 1_000_000;

	/** Weight of the class loss, and balance of the classes, that suit most data sets. */
	public static final double CLASS_WEIGHT = 0.1, BALANCE = 0.5;

	/** Whether the colour loss trains the guidance stream. */
	public enum Feedback {
		/** As in the paper: the guidance stream learns from the class loss only. */
		INDEPENDENT,
		/** The colour loss trains both streams. */
		JOINT
	}

	/** How the images may be turned and mirrored. */
	public enum Augmentation {
		/** Left and right may be exchanged, as in photographs. */
		MIRROR(2),
		/** All four quarter turns and their mirror images, as under a microscope. */
		DIHEDRAL(8);

		private final int turns;

		Augmentation(int turns) {
			this.turns = turns;
		}

		/** How many of the eight symmetries of a square are used, counted from the first of {@code Turn.of}. */
		public int turns() {
			return turns;
		}
	}

	public TrainingSettings {
		loss = Loss.named(loss).name().toUpperCase(Locale.ROOT);
		check("epochs", epochs, 1, MOST_EPOCHS);
		check("minutes", minutes, 0, 1e6);
		check("patience", patience, 0, MOST_EPOCHS);
		check("batch", batch, 2, 4096);
		check("patch", patch, 8, 4096);
		check("learningRate", learningRate, 1e-8, 1);
		check("classWeight", classWeight, 0, 1e3);
		check("balance", balance, 0, 1);
		check("jitter", jitter, 0, 1);
		check("laboratoryBalance", laboratoryBalance, 0, 1);
	}

	/** Settings that are being chosen, by the names of the components; they begin with values that suit most data sets. */
	public static final class Builder {

		private final String data;
		private String licence = "not stated";
		private String start = "";
		private long seed = 1;
		private int epochs = MOST_EPOCHS;
		private double minutes = 0;
		private int patience = 0;
		private int batch = 16;
		private int patch = 32;
		private double learningRate = 0.002;
		private String loss = "mse";
		private Feedback feedback = Feedback.INDEPENDENT;
		private double classWeight = CLASS_WEIGHT;
		private double balance = BALANCE;
		private Augmentation augmentation = Augmentation.DIHEDRAL;
		private double jitter = 0;
		private double laboratoryBalance = 0;

		private Builder(String data) {
			this.data = data;
		}

		public Builder licence(String value) {
			licence = value;
			return this;
		}

		public Builder start(String value) {
			start = value;
			return this;
		}

		public Builder seed(long value) {
			seed = value;
			return this;
		}

		public Builder epochs(int value) {
			epochs = value;
			return this;
		}

		public Builder minutes(double value) {
			minutes = value;
			return this;
		}

		public Builder patience(int value) {
			patience = value;
			return this;
		}

		public Builder batch(int value) {
			batch = value;
			return this;
		}

		public Builder patch(int value) {
			patch = value;
			return this;
		}

		public Builder learningRate(double value) {
			learningRate = value;
			return this;
		}

		public Builder loss(String value) {
			loss = value;
			return this;
		}

		public Builder feedback(Feedback value) {
			feedback = value;
			return this;
		}

		public Builder classWeight(double value) {
			classWeight = value;
			return this;
		}

		public Builder balance(double value) {
			balance = value;
			return this;
		}

		public Builder augmentation(Augmentation value) {
			augmentation = value;
			return this;
		}

		public Builder jitter(double value) {
			jitter = value;
			return this;
		}

		public Builder laboratoryBalance(double value) {
			laboratoryBalance = value;
			return this;
		}

		/** @throws IllegalArgumentException if a value is not allowed, with its bounds */
		public TrainingSettings build() {
			return new TrainingSettings(data, licence, start, seed, epochs, minutes, patience, batch, patch, learningRate, loss, feedback, classWeight,
				balance, augmentation, jitter, laboratoryBalance);
		}
	}

	/**
	 * Begins to choose settings.
	 *
	 * @param data name of the data set
	 */
	public static Builder on(String data) {
		return new Builder(data);
	}

	private static void check(String name, double value, double min, double max) {
		if (!(value >= min && value <= max)) throw new IllegalArgumentException(name + " is " + number(value) + "; must be " +
			number(min) + " to " + number(max));
	}

	/** A number as text, without a decimal point if it is whole. */
	private static String number(double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e9 ? String.valueOf((long) value) : String.valueOf(value);
	}
}
