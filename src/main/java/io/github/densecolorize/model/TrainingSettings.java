package io.github.densecolorize.model;

/**
 * How a model is trained; kept in its {@code model.json}.
 *
 * @param data name of the data set
 * @param licence what the data's sources allow
 * @param start name and SHA-256 of the model whose weights the training began with; empty if with random ones
 * @param seed of weights, split, order, crops and flips; the same seed repeats a run of fixed steps on the same CPU and threads
 * @param steps batches in all; the learning rate falls to 0 over them
 * @param minutes time after which training ends and over which the learning rate falls to 0 if that comes first; 0 for none
 * @param batch crops a step
 * @param patch side of a crop, in pixels at the model's scale
 * @param learningRate after the warm-up
 * @param feedback where the chroma loss may reach
 * @param classWeight weight of the class loss beside the chroma loss
 * @param balance 0 draws every image equally often, 1 every class
 * @param augmentation how crops are turned
 * @param validation share of the images kept from training to choose the best weights by, 0 to 0.5
 */
public record TrainingSettings(String data, String licence, String start, long seed, int steps, double minutes, int batch, int patch,
	double learningRate, Feedback feedback, double classWeight, double balance, Augmentation augmentation, double validation)
{

	/** Whether the chroma loss trains the guidance stream. */
	public enum Feedback {
		/** The paper: the guidance stream learns from the class loss alone. */
		INDEPENDENT,
		/** The chroma loss trains both streams. */
		JOINT
	}

	/** Symmetries of the images. */
	public enum Augmentation {
		/** Left and right may be exchanged, as in photographs. */
		MIRROR(2),
		/** All four quarter turns and their mirror images, as under a microscope. */
		DIHEDRAL(8);

		private final int turns;

		Augmentation(int turns) {
			this.turns = turns;
		}

		/** How many of the symmetries of a square there are, from the first of {@code Turn.of}. */
		public int turns() {
			return turns;
		}
	}

	public TrainingSettings {
		check("steps", steps, 1, Integer.MAX_VALUE);
		check("minutes", minutes, 0, 1e6);
		check("batch", batch, 2, 4096);
		check("patch", patch, 8, 4096);
		check("learningRate", learningRate, 1e-8, 1);
		check("classWeight", classWeight, 0, 1e3);
		check("balance", balance, 0, 1);
		check("validation", validation, 0, 0.5);
	}

	private static void check(String name, double value, double min, double max) {
		if (!(value >= min && value <= max)) throw new IllegalArgumentException(name + " is " + value + "; must be " + min + " to " + max);
	}
}
