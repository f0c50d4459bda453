package io.github.densecolorize.data;

import java.io.Serializable;

/**
 * What a file of a {@link ColorDataSet} holds, except for the images themselves.
 *
 * @param number of the shard, counted from 1
 * @param last whether it is the last one of the set
 * @param lengths of the compressed images in bytes
 * @param labels of the images, their classes
 * @param splits of the images, {@link ColorDataSet#TRAINING} or {@link ColorDataSet#VALIDATION}
 */
public record ShardIndex(int number, boolean last, int[] lengths, int[] labels, byte[] splits) implements Serializable {

	/** Whether this is the whole set. */
	boolean isOnly() {
		return number == 1 && last;
	}
}
