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
 * How an error of the colours counts in training. The program finds the losses that there are by {@link ServiceLoader}: a new one is a class that
 * implements this, named in {@code META-INF/services}, with a public constructor without parameters.
 */
public interface Loss {

	/** As users type it, in lower case. */
	String name();

	/** Half a sentence for users. */
	String description();

	/** Whether rare and saturated colours are to be given larger weights; otherwise a pixel weighs 1, or 0 where its colour does not count. */
	default boolean wantsChromaWeights() {
		return false;
	}

	/**
	 * The loss of a batch.
	 *
	 * @param prediction what the network made of it
	 * @param truth scaled a*b*, (N, 2, H, W)
	 * @param weights of the true colours, (N, 1, H, W)
	 * @return the mean over the batch, a scalar
	 */
	NDArray of(Prediction prediction, NDArray truth, NDArray weights);

	/**
	 * What a network made of a batch.
	 *
	 * @param output as it came out of the network, (N, maps, H, W)
	 * @param decoder of the colours that it stands for, see {@link ColorNet#ab}
	 */
	record Prediction(NDArray output, UnaryOperator<NDArray> decoder) {

		/** Scaled a*b*, (N, 2, H, W). */
		NDArray ab() {
			return decoder.apply(output);
		}
	}

	/** All losses that there are, by name. */
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
