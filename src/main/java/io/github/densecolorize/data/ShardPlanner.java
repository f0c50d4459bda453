package io.github.densecolorize.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides which images of a {@link ColorDataSet} are for validation, and where its shards end. It is told of scenes in the order of the set:
 * one image, or several parts of one, which all go to training or all to validation, and to one shard.
 */
public final class ShardPlanner {

	/** Compressed bytes after which the next shard begins. */
	private static final long SHARD = 1L << 30;

	private final double validation;
	private final long shardBytes;
	/** For each class, the number of scenes so far, and how many of them are for validation. */
	private final int[] scenes, validationScenes;
	/** For each class, the number of images for training and for validation. */
	private final long[][] counts;
	private int shards;

	/** What is planned for the present shard. */
	private List<Integer> lengths = new ArrayList<>(), labels = new ArrayList<>();
	private List<Byte> splits = new ArrayList<>();
	private long bytes;
	/** Images of the last scene that was added. */
	private int lastScene;

	/**
	 * @param classes how many there are
	 * @param validation share of the scenes of each class that is kept out of the training, 0 to 0.5
	 */
	public ShardPlanner(int classes, double validation) {
		this(classes, validation, SHARD);
	}

	/** @param shardBytes compressed bytes after which the next shard begins */
	public ShardPlanner(int classes, double validation, long shardBytes) {
		this.validation = validation;
		this.shardBytes = shardBytes;
		scenes = new int[classes];
		validationScenes = new int[classes];
		counts = new long[classes][2];
	}

	/** Whether the shard has to be {@linkplain #endShard ended} before the next scene. */
	public boolean isFull() {
		return bytes >= shardBytes;
	}

	/** @param sceneLengths of the compressed images of a scene, in bytes */
	public void add(int[] sceneLengths, int label) {
		scenes[label]++;
		// Validation scenes are evenly spread over the class, beginning in the middle of the first interval.
		boolean kept = Math.floor(scenes[label] * validation + 0.5) > validationScenes[label];
		if (kept) validationScenes[label]++;
		for (int length : sceneLengths) {
			bytes += length;
			lengths.add(length);
			labels.add(label);
			splits.add((byte) (kept ? ColorDataSet.VALIDATION : ColorDataSet.TRAINING));
		}
		counts[label][kept ? 1 : 0] += sceneLengths.length;
		lastScene = sceneLengths.length;
	}

	/** To be called after the last scene of a class: a class of two scenes or more gives at least one to validation. */
	public void endClass(int label) {
		if (validation == 0 || scenes[label] < 2 || validationScenes[label] > 0) return;
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
		var index = new ShardIndex(++shards, last, lengths.stream().mapToInt(i -> i).toArray(), labels.stream().mapToInt(i -> i).toArray(), split);
		lengths = new ArrayList<>();
		labels = new ArrayList<>();
		splits = new ArrayList<>();
		bytes = 0;
		return index;
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
