package io.github.densecolorize.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import io.github.densecolorize.model.Scale;

/**
 * Images of a {@link ColorDataSet} as the network sees them. Each is made when it is first needed. As many as fit into the given memory are kept,
 * and the others are made again each time, so that a set of any size can be used for training.
 */
public final class PatchSet {

	private final ColorDataSet data;
	private final int[] images;
	private final double factor;
	private final int fieldSize;
	private final AtomicReferenceArray<ColorSample> kept;
	/** Bytes of memory that are left. */
	private final AtomicLong room;

	/**
	 * @param data is closed by the caller, but not before this set is no longer used
	 * @param images indices into it
	 * @param scale of the model that is to be trained
	 * @param fieldSize side of the guidance image (<i>G</i>)
	 * @param room bytes of memory that may be used to keep images
	 */
	public PatchSet(ColorDataSet data, int[] images, Scale scale, int fieldSize, long room) {
		this.data = data;
		this.images = images;
		this.fieldSize = fieldSize;
		factor = scale.of(data.side(), data.side(), 0);
		kept = new AtomicReferenceArray<>(images.length);
		this.room = new AtomicLong(room);
	}

	/** Number of images. */
	public int size() {
		return images.length;
	}

	/** Side of the guidance image. */
	int fieldSize() {
		return fieldSize;
	}

	/** Index of the class of an image. */
	public int label(int i) {
		return data.label(images[i]);
	}

	int group(int i) {
		return data.group(images[i]);
	}

	/** Whether the colours of a class are to be learned. */
	boolean isColoured(int label) {
		return data.isColoured(label);
	}

	/** Indices of the images whose colours are to be learned. */
	public int[] coloured() {
		return IntStream.range(0, size()).filter(i -> isColoured(label(i))).toArray();
	}

	/**
	 * The image at the model's scale.
	 *
	 * @throws UncheckedIOException if it can't be read
	 */
	ColorSample get(int i) {
		var sample = kept.get(i);
		if (sample != null) return sample;
		try {
			sample = ColorSample.of(data.argb(images[i]), factor, fieldSize, label(i));
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		if (room.addAndGet(-sample.bytes()) >= 0) kept.set(i, sample);
		return sample;
	}

	/** How many images each class has. */
	public int[] counts() {
		var counts = new int[data.classes().size()];
		for (int image : images)
			counts[data.label(image)]++;
		return counts;
	}

	/**
	 * Up to {@code most} guidance images of a class, L* 0..100, evenly spread over its images.
	 *
	 * @return G·G values each
	 * @throws UncheckedIOException if one can't be read
	 */
	public List<float[]> fields(int label, int most) {
		var members = IntStream.range(0, size()).filter(i -> label(i) == label).toArray();
		int n = Math.min(most, members.length);
		return IntStream.range(0, n).parallel().mapToObj(i -> get(members[(int) ((long) i * members.length / n)]).wholeField(fieldSize)).toList();
	}
}
