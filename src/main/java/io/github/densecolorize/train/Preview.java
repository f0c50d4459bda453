package io.github.densecolorize.train;

import java.util.Arrays;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;

import io.github.densecolorize.data.Batch;
import io.github.densecolorize.image.Lab;

/** A picture that shows how well a training works. */
final class Preview {

	/** White pixels between the images. */
	private static final int GAP = 2;

	private Preview() {}

	/**
	 * @param batch crops, one a column
	 * @param predicted their a*b*, (N, 2, H, W)
	 * @return gray, prediction and original below each other
	 */
	static RandomAccessibleInterval<ARGBType> of(Batch batch, float[] predicted) {
		int patch = batch.patch(), pixels = patch * patch, width = batch.size() * (patch + GAP) - GAP, height = 3 * (patch + GAP) - GAP;
		var argb = new int[width * height];
		Arrays.fill(argb, 0xffffffff);
		for (int image = 0; image < batch.size(); image++)
			for (int i = 0; i < pixels; i++) {
				float l = batch.l()[image * pixels + i];
				int a = 2 * image * pixels + i, b = a + pixels;
				int x = image * (patch + GAP) + i % patch, y = i / patch;
				argb[y * width + x] = Lab.toArgb(l, 0, 0);
				argb[(y + patch + GAP) * width + x] = Lab.toArgb(l, predicted[a], predicted[b]);
				argb[(y + 2 * (patch + GAP)) * width + x] = Lab.toArgb(l, batch.ab()[a], batch.ab()[b]);
			}
		return ArrayImgs.argbs(argb, width, height);
	}
}
