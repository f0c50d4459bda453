package io.github.densecolorize.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

import io.github.densecolorize.data.ShardIndex;
import io.github.densecolorize.data.ShardPlanner;
import io.github.densecolorize.dataset.Selection;
import io.github.densecolorize.dataset.SourceImage.Reason;

/** Decides which scenes go into a data set, and where: one after the other, in the order of the set, as on a single machine. */
final class SetPlan {

	/**
	 * Images that lie one after the other.
	 *
	 * @param spool number of the task of Spark that has them in a {@linkplain DatasetWork#spool file}
	 * @param offset in the file
	 */
	record Run(long spool, long offset, long bytes) implements Serializable {}

	/**
	 * A file of the set.
	 *
	 * @param runs where its images are
	 */
	record Shard(ShardIndex index, List<Run> runs) implements Serializable {}

	private final Selection selection;
	private final ShardPlanner planner;
	private final List<Shard> shards = new ArrayList<>();
	private List<Run> runs = new ArrayList<>();
	private int label;

	SetPlan(Selection selection, ShardPlanner planner) {
		this.selection = selection;
		this.planner = planner;
	}

	/**
	 * @param scene the next scene; those of a class come one after the other
	 * @return whether it is left out as a copy of an earlier one
	 */
	boolean add(Scene scene) {
		if (scene.label() == Classes.NONE) return false;
		if (scene.label() != label) planner.endClass(label);
		label = scene.label();
		var reason = selection.choose(scene.unusable(), scene.width(), scene.height(), scene.content());
		if (reason != null) return reason == Reason.DUPLICATE;
		if (planner.isFull()) endShard(false);
		planner.add(scene.lengths(), label, scene.group());
		long bytes = 0;
		for (int length : scene.lengths())
			bytes += length;
		add(new Run(scene.spool(), scene.offset(), bytes));
		return false;
	}

	private void add(Run next) {
		int last = runs.size() - 1;
		var before = last < 0 ? null : runs.get(last);
		if (before != null && before.spool == next.spool && before.offset + before.bytes == next.offset) runs.set(last, new Run(before.spool,
			before.offset, before.bytes + next.bytes));
		else runs.add(next);
	}

	private void endShard(boolean last) {
		shards.add(new Shard(planner.endShard(last), List.copyOf(runs)));
		runs = new ArrayList<>();
	}

	/** To be called after the last scene, if any was chosen. */
	List<Shard> end() {
		planner.endClass(label);
		endShard(true);
		return shards;
	}

	/** Number of images of a class. */
	long images(int label, boolean validation) {
		return planner.images(label, validation);
	}
}
