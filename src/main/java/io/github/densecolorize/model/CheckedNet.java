package io.github.densecolorize.model;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import ai.djl.Device;

import io.github.densecolorize.net.Way;
import io.github.densecolorize.net.Witness;

/**
 * A network, or one of its streams, on a device, whose results are checked. The first pass of each size is watched by a {@link Witness}; if it is
 * wrong, the network is rebuilt in the next way and the pass is computed again. Calls may come from several threads.
 *
 * @param <N> the network in a way
 */
public final class CheckedNet<N> {

	/**
	 * The network.
	 *
	 * @param way of its convolutions
	 */
	private record InWay<N>(Way way, N net) {}

	private final Findings findings;
	private final Function<Way, N> maker;
	private InWay<N> current;

	/**
	 * A network about which nothing is known yet.
	 *
	 * @param what it is, for users
	 * @param ways in the order in which they are tried
	 * @param maker of the network in a way
	 */
	public CheckedNet(String what, Device device, List<Way> ways, Function<Way, N> maker) {
		this(new Findings(what, device, ways), maker);
	}

	/** @param maker of the network in a way; what it makes is kept as long as the model */
	CheckedNet(Findings findings, Function<Way, N> maker) {
		this.findings = findings;
		this.maker = maker;
		current();
	}

	private synchronized InWay<N> current() {
		var way = findings.way();
		if (current == null || current.way != way) current = new InWay<>(way, maker.apply(way));
		return current;
	}

	/**
	 * Computes.
	 *
	 * @param size of the input, for users: "16 x 96 x 96"
	 * @param pass through the network in a way; repeated if it was wrong
	 * @throws IllegalArgumentException if no way is right, with a sentence for the user
	 */
	public <R> R run(String size, BiFunction<N, Way, R> pass) {
		while (true) {
			var here = current();
			if (findings.knows(here.way, size)) return pass.apply(here.net, here.way);
			try (var witness = new Witness()) {
				var result = pass.apply(here.net, here.way);
				if (findings.isRight(here.way, size, witness)) return result;
			}
		}
	}

	/**
	 * Checks a pass whose result is not needed, unless one of this size was checked before.
	 *
	 * @param witnesses makes the witness, which checks what matters here
	 * @throws IllegalArgumentException if no way is right, with a sentence for the user
	 */
	public void check(String size, Supplier<Witness> witnesses, BiFunction<N, Way, ?> pass) {
		for (var here = current(); !findings.knows(here.way, size); here = current())
			try (var witness = witnesses.get()) {
				pass.apply(here.net, here.way);
				findings.isRight(here.way, size, witness);
			}
	}

	/** The way that is used. */
	public Way way() {
		return current().way;
	}

	/** Whether this is the usual way of the device, which is the fastest. */
	public boolean isUsual() {
		return findings.isUsual();
	}

	/** A phrase for users that says in which way the convolutions are computed, and how exact they are. */
	public String describe() {
		return findings.describe();
	}
}
