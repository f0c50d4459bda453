package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.data.Holdout;
import io.github.densecolorize.data.ShardPlanner;
import io.github.densecolorize.dataset.Fit;
import io.github.densecolorize.dataset.Selection;
import io.github.densecolorize.dataset.SourceImage.Reason;
import io.github.densecolorize.spark.SetPlan.Run;

public class SetPlanTest {

	private static final int SPOOL = 7;

	private static SetPlan plan(int classes, double validation, long shardBytes) {
		return new SetPlan(new Selection(16, Fit.TILES, sentence -> {}), new ShardPlanner(classes, Holdout.share(validation), shardBytes));
	}

	private static Scene scene(int label, long content, long offset, int... lengths) {
		return new Scene(label, "lab" + label, null, 16, 16, content, SPOOL, offset, lengths);
	}

	/** The second and the sixth scene are the first and the fifth, which is of another class, again. */
	@Test
	public void theFirstOfEachContentIsTaken() {
		var plan = plan(2, 0.1, Long.MAX_VALUE);
		var scenes = List.of(scene(0, 1, 0, 10), scene(0, 1, 10, 10), Scene.unusable(0, Reason.GRAY), Scene.unusable(Classes.NONE, Reason.UNREADABLE),
			scene(0, 2, 20, 4, 6), scene(1, 2, 40, 4, 6), scene(1, 3, 30, 5));
		assertEquals(List.of(false, true, false, false, false, true, false), scenes.stream().map(plan::add).toList());
		var shards = plan.end();
		assertEquals(1, shards.size());
		// The last two lie one after the other.
		assertEquals(List.of(new Run(SPOOL, 0, 10), new Run(SPOOL, 20, 15)), shards.get(0).runs());
		assertArrayEquals(new int[] { 10, 4, 6, 5 }, shards.get(0).index().lengths());
		assertArrayEquals(new int[] { 0, 0, 0, 1 }, shards.get(0).index().labels());
		// Of a class of two scenes the last one is for validation, both parts; of one, none.
		assertArrayEquals(new byte[] { 0, 1, 1, 0 }, shards.get(0).index().splits());
		assertEquals(2, plan.images(0, true));
		assertEquals(0, plan.images(1, true));
	}

	/** Ten bytes a scene: one that begins below 15 is still in a shard. */
	@Test
	public void aShardEndsWithTheSceneThatFillsIt() {
		var plan = plan(1, 0.5, 15);
		for (int i = 0; i < 5; i++)
			plan.add(scene(0, i, 10 * i, 4, 6));
		var shards = plan.end();
		assertEquals(List.of(List.of(new Run(SPOOL, 0, 20)), List.of(new Run(SPOOL, 20, 20)), List.of(new Run(SPOOL, 40, 10))), shards.stream().map(
			SetPlan.Shard::runs).toList());
		assertEquals(List.of(1, 2, 3), shards.stream().map(shard -> shard.index().number()).toList());
		assertEquals(List.of(false, false, true), shards.stream().map(shard -> shard.index().last()).toList());
		assertEquals(List.of(4, 4, 2), shards.stream().map(shard -> shard.index().lengths().length).toList());
		// Every second scene, from the first on.
		assertEquals(6, IntStream.range(0, 3).map(i -> sum(shards.get(i).index().splits())).sum());
	}

	private static int sum(byte[] values) {
		return IntStream.range(0, values.length).map(i -> values[i]).sum();
	}
}
