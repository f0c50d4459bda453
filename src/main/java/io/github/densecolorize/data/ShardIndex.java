package io.github.densecolorize.data;

import java.io.Serializable;
import java.util.List;

/**
 * What a file of a {@link ColorDataSet} holds, except for the images themselves.
 *
 * @param number of the shard, counted from 1
 * @param last whether it is the last one of the set
 * @param lengths of the compressed images in bytes
 * @param labels of the images, their classes
 * @param splits of the images, {@link ColorDataSet#TRAINING} or {@link ColorDataSet#VALIDATION}
 * @param groups names of the laboratories of its images; only an empty one if they are not known
 * @param group of the images, index of each one's laboratory
 */
public record ShardIndex(int number, boolean last, int[] lengths, int[] labels, byte[] splits, List<String> groups,
	int[] group) implements Serializable
{

	/** Whether this is the whole set. */
	boolean isOnly() {
		return number == 1 && last;
	}
}
