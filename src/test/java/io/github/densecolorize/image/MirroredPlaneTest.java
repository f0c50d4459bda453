package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.position.FunctionRandomAccessible;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

public class MirroredPlaneTest {

	@Test
	public void borderPixelIsRepeatedAndThenTheOrderTurns() {
		var plane = new MirroredPlane(ArrayImgs.floats(new float[] { 1, 2, 3 }, 3, 1));
		var out = new float[11];
		plane.read(FinalInterval.createMinMax(-4, 0, 6, 0), out);
		assertArrayEquals(new float[] { 3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1 }, out);
	}

	@Test
	public void onePixelIsEverywhere() {
		var out = new float[6];
		new MirroredPlane(ArrayImgs.floats(new float[] { 7 }, 1, 1)).read(FinalInterval.createMinSize(-5, 9, 2, 3), out);
		assertArrayEquals(new float[] { 7, 7, 7, 7, 7, 7 }, out);
	}

	@Test
	public void planeThatIsComputedIsReadToo() {
		var computed = new FunctionRandomAccessible<>(2,
			(at, value) -> value.set(10 * at.getIntPosition(1) + at.getIntPosition(0)), FloatType::new);
		var out = new float[4];
		new MirroredPlane(Views.interval(computed, FinalInterval.createMinSize(0, 0, 3, 3)))
			.read(FinalInterval.createMinSize(2, 1, 2, 2), out);
		assertArrayEquals(new float[] { 12, 12, 22, 22 }, out);
	}
}
