package io.github.densecolorize.spark;

import java.io.Serializable;

import io.github.densecolorize.dataset.SourceImage.Reason;

/**
 * What an executor found out about an image, or a slice of a stack, for a data set: all that is needed to decide whether it goes into the set.
 *
 * @param group name of its laboratory
 * @param unusable why it can't be used; null if it can
 * @param width in pixels, if it can, likewise the next ones
 * @param content hash of its pixels
 * @param spool number of the task of Spark that has its pixels in a {@linkplain DatasetWork#spool file}
 * @param offset of the pixels in the file
 * @param lengths of its parts in the file, compressed, one after the other
 */
record Scene(int label, String group, Reason unusable, int width, int height, long content, long spool, long offset, int[] lengths) implements Serializable {

	/** A scene that can't be used. */
	static Scene unusable(int label, Reason why) {
		return new Scene(label, "", why, 0, 0, 0, 0, 0, new int[0]);
	}
}
