package io.github.densecolorize.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which images of a {@link ColorDataSet} are for validation, and where its shards end. It is told of scenes in the order of the set:
 * one image, or several parts of one, which all go to training or all to validation, and to one shard.
 */
public final class ShardPlanner {

	/** Compressed bytes after which the next shard begins. */
	private static final long SHARD = 1L << 30;

	private final Holdout holdout;
	private final long shardBytes;
	/** For each class, the number of scenes so far of laboratories that are not held out, and how many of them are for validation. */
	private final int[] scenes, validationScenes;
	/** For each class, the number of images for training and for validation. */
	private final long[][] counts;
	private int shards;

	/** What is planned for the present shard. */
	private List<Integer> lengths = new ArrayList<>(), labels = new ArrayList<>(), group = new ArrayList<>();
	private List<Byte> splits = new ArrayList<>();
	/** Indices of the laboratories by their names. */
	private Map<String, Integer> groups = new LinkedHashMap<>();
	private long bytes;
	/** Images of the last scene that was added. */
	private int lastScene;

	/**
	 * @param classes how many there are
	 * @param holdout which scenes are for validation
	 */
	public ShardPlanner(int classes, Holdout holdout) {
		this(classes, holdout, SHARD);
	}

	/** @param shardBytes compressed bytes after which the next shard begins */
	public ShardPlanner(int classes, Holdout holdout, long shardBytes) {
		this.holdout = holdout;
		this.shardBytes = shardBytes;
		scenes = new int[classes];
		validationScenes = new int[classes];
		counts = new long[classes][2];
	}

	/** Whether the shard has to be {@linkplain #endShard ended} before the next scene. */
	public boolean isFull() {
		return bytes >= shardBytes;
	}

	/**
	 * @param sceneLengths of the compressed images of a scene, in bytes
	 * @param laboratory that it is from; empty if unknown
	 */
	public void add(int[] sceneLengths, int label, String laboratory) {
		boolean kept = holdout.groups().contains(laboratory);
		if (!kept) {
			scenes[label]++;
			// Validation scenes are evenly spread over the class, beginning in the middle of the first interval.
			kept = Math.floor(scenes[label] * holdout.share() + 0.5) > validationScenes[label];
			if (kept) validationScenes[label]++;
		}
		for (int length : sceneLengths) {
			bytes += length;
			lengths.add(length);
			labels.add(label);
			group.add(groups.computeIfAbsent(laboratory, name -> groups.size()));
			splits.add((byte) (kept ? ColorDataSet.VALIDATION : ColorDataSet.TRAINING));
		}
		counts[label][kept ? 1 : 0] += sceneLengths.length;
		lastScene = sceneLengths.length;
	}

	/** To be called after the last scene of a class: a class of two scenes or more gives at least one to validation. */
	public void endClass(int label) {
		if (holdout.share() == 0 || scenes[label] < 2 || counts[label][1] > 0) return;
		validationScenes[label]++;
		for (int i = splits.size() - lastScene; i < splits.size(); i++)
			splits.set(i, (byte) ColorDataSet.VALIDATION);
		counts[label][0] -= lastScene;
		counts[label][1] += lastScene;
	}

	/**
	 * Ends a shard; what is added then belongs to the next one.
	 *
	 * @param last whether there is no next one
	 */
	public ShardIndex endShard(boolean last) {
		var split = new byte[splits.size()];
		for (int i = 0; i < split.length; i++)
			split[i] = splits.get(i);
		var index = new ShardIndex(++shards, last, ints(lengths), ints(labels), split, List.copyOf(groups.keySet()), ints(group));
		lengths = new ArrayList<>();
		labels = new ArrayList<>();
		group = new ArrayList<>();
		groups = new LinkedHashMap<>();
		splits = new ArrayList<>();
		bytes = 0;
		return index;
	}

	private static int[] ints(List<Integer> numbers) {
		return numbers.stream().mapToInt(i -> i).toArray();
	}

	/** Whether nothing was added. */
	boolean isEmpty() {
		return shards == 0 && lengths.isEmpty();
	}

	/** Images of a class so far. */
	public long images(int label, boolean validation) {
		return counts[label][validation ? 1 : 0];
	}
}
