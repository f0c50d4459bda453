package io.github.densecolorize.net;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import ai.djl.ndarray.NDArray;

/**
 * How errors of the colours count in training. The program finds all losses by {@link ServiceLoader}: to add one, write a class that implements this
 * interface and has a public constructor without parameters, and name it in {@code META-INF/services}.
 */
public interface Loss {

	/** The name that users type, in lower case. */
	String name();

	/** A phrase for users that says how it counts errors. */
	String description();

	/** Name and description, for users. */
	default String label() {
		return name() + " (" + description() + ")";
	}

	/** Whether rare and saturated colours are to get larger weights; if not, the weight of a pixel is 1, or 0 if its colour does not count. */
	default boolean wantsChromaWeights() {
		return false;
	}

	/**
	 * Spread of the Gaussian, in units of a* and b*, by which colours that are near to frequent ones count as frequent too where the weights are
	 * made; 0 for none.
	 */
	default double smoothing() {
		return 0;
	}

	/**
	 * Checks whether it can be computed from the output of a network.
	 *
	 * @throws IllegalArgumentException if not, with a sentence for the user
	 */
	default void check(NetSpec net) {}

	/**
	 * The loss of a batch.
	 *
	 * @param prediction what the network gave for the batch
	 * @param truth scaled a*b*, (N, 2, H, W)
	 * @param weights of the true colours, (N, 1, H, W)
	 * @return the mean over the batch, a scalar
	 */
	NDArray of(Prediction prediction, NDArray truth, NDArray weights);

	/**
	 * What a network gave for a batch.
	 *
	 * @param output as it came out of the network, (N, maps, h, w)
	 * @param decoder of the colours that it stands for, see {@link ColorNet#ab}
	 */
	record Prediction(NDArray output, UnaryOperator<NDArray> decoder) {

		/** Scaled a*b*, (N, 2, H, W). */
		NDArray ab() {
			return decoder.apply(output);
		}
	}

	/** All losses that are installed, sorted by name. */
	static List<Loss> all() {
		return ServiceLoader.load(Loss.class, Loss.class.getClassLoader()).stream().map(Provider::get).sorted(Comparator.comparing(Loss::name)).toList();
	}

	/** The names of all losses, for users. */
	static String names() {
		return all().stream().map(Loss::name).collect(Collectors.joining(", "));
	}

	/** The loss of this name, in upper or lower case, if there is one. */
	static Optional<Loss> of(String name) {
		return all().stream().filter(loss -> loss.name().equalsIgnoreCase(name)).findFirst();
	}

	/** @throws IllegalArgumentException if there is none of this name, with those that there are */
	static Loss named(String name) {
		return of(name).orElseThrow(() -> new IllegalArgumentException("loss is \"" + name + "\"; must be one of " + names()));
	}
}
