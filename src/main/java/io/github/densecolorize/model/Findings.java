package io.github.densecolorize.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import ai.djl.Device;

import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Way;
import io.github.densecolorize.net.Witness;

/** What was found out about the convolutions of a network on a device: which way gives right results, for which sizes, and how exact they are. */
final class Findings {

	/**
	 * A part of a network.
	 *
	 * @param stream its name for users
	 */
	private record Key(Device device, NetSpec net, String stream, List<Way> ways) {}

	private static final Map<Key, Findings> ALL = new ConcurrentHashMap<>();

	private final String what;
	private final Device device;
	private final List<Way> ways;
	/** The first of the ways that was not found to be wrong; the number of ways if there is none. */
	private int right;
	private final Set<String> sizes = new HashSet<>();
	private final List<String> wrong = new ArrayList<>();
	private double error;
	private long compared;

	/**
	 * Findings of a network about which nothing is known yet.
	 *
	 * @param what is computed, for users
	 * @param ways in the order in which they are tried
	 */
	Findings(String what, Device device, List<Way> ways) {
		this.what = what;
		this.device = device;
		this.ways = List.copyOf(ways);
	}

	/**
	 * The findings of this run of the program: all models with the same network share them, since only the shapes matter and not the weights.
	 *
	 * @param stream of the network, by its name for users
	 */
	static Findings of(Device device, NetSpec net, String stream, List<Way> ways) {
		return ALL.computeIfAbsent(new Key(device, net, stream, ways), key -> new Findings(stream, device, ways));
	}

	/**
	 * The way to use.
	 *
	 * @throws IllegalArgumentException if all are wrong, with a sentence for the user
	 */
	synchronized Way way() {
		if (right < ways.size()) return ways.get(right);
		throw new IllegalArgumentException("The " + what + " gives wrong results on " + where() + ", in every way to compute it: " + String.join("; ",
			wrong) + ". Nothing was written; use another device or another machine, and please report this sentence.");
	}

	private String where() {
		return Torch.name(device) + " (" + Processor.name() + ") with PyTorch " + Torch.engine().getVersion();
	}

	/** Whether this is the usual way of the device. */
	synchronized boolean isUsual() {
		return right == 0;
	}

	/** Whether a pass of this size was found to be right in this way. */
	synchronized boolean knows(Way way, String size) {
		return way() == way && sizes.contains(size);
	}

	/** Records that a pass was checked: it was either right, or the way is not used any more. */
	synchronized boolean isRight(Way way, String size, Witness witness) {
		if (witness.error() > Witness.allowed(device)) {
			// Another thread may have found that before.
			if (right < ways.size() && ways.get(right) == way) {
				right++;
				wrong.add(way + " (error " + share(witness.error()) + " in " + witness.worst() + ", at " + size + ")");
				sizes.clear();
				error = compared = 0;
			}
			return false;
		}
		sizes.add(size);
		error = Math.max(error, witness.error());
		compared += witness.compared();
		return true;
	}

	/** A phrase for users. */
	synchronized String describe() {
		return what + " on " + Torch.name(device) + ": computed by " + way() + ", " + compared + " results checked, largest error " + share(error) +
			" (allowed " + share(Witness.allowed(device)) + ")" + (wrong.isEmpty() ? "" : "; wrong: " + String.join("; ", wrong));
	}

	/** An error as a fraction of the sum of all magnitudes, as text. */
	private static String share(double error) {
		return String.format(Locale.ROOT, "%.1e", error);
	}
}
