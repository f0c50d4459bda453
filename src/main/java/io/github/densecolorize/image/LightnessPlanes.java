package io.github.densecolorize.image;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Function;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

/**
 * The planes of an image as L*. A plane is read each time it is asked for, so that planes that are on a disk stay there:
 *
 * <pre>{@code
 * var planes = new LightnessPlanes<>(grayPlanes, GrayDisplay.of(GrayMapping.fullRange(16))::lightness);
 * }</pre>
 *
 * @param <T> what a plane is before: an image of ImgLib2 or of another library
 */
public final class LightnessPlanes<T> extends AbstractList<RandomAccessibleInterval<FloatType>> {

	private final List<? extends T> planes;
	private final Function<? super T, RandomAccessibleInterval<FloatType>> lightness;

	/**
	 * @param planes all of one size
	 * @param lightness L*, 0..100, of a plane
	 */
	public LightnessPlanes(List<? extends T> planes, Function<? super T, RandomAccessibleInterval<FloatType>> lightness) {
		this.planes = planes;
		this.lightness = lightness;
	}

	@Override
	public RandomAccessibleInterval<FloatType> get(int i) {
		return lightness(planes.get(i));
	}

	@Override
	public int size() {
		return planes.size();
	}

	/** L* of a plane that was read already. */
	public RandomAccessibleInterval<FloatType> lightness(T plane) {
		return lightness.apply(plane);
	}

	/** Whether all pixels of all planes have the same L*; stops reading at the first pixel that differs. */
	public boolean isConstant() {
		float first = get(0).firstElement().get();
		for (var plane : this)
			for (var l : plane)
				if (l.get() != first) return false;
		return true;
	}
}
