package io.github.densecolorize.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.image.Lab;

/**
 * {@link Lab#toArgb(float, float, float)} for many pixels at once, on the device that has them: the same algorithm in single precision. Channels differ
 * from Lab's by at most one level.
 */
final class TensorLab {

	/** A channel is 12.92 times a linear value up to this one (IEC 61966-2-1). */
	private static final double LINE = 0.04045 / 12.92;

	/** Red, green and blue of X - Y and Z - Y, beside Y. */
	private static final float[] TO_LINEAR = { (float) Lab.RX, (float) Lab.RZ, (float) Lab.GX, (float) Lab.GZ, (float) Lab.BX, (float) Lab.BZ };

	private TensorLab() {}

	/**
	 * @param l L*, (n)
	 * @param a a*, likewise
	 * @param b b*, likewise
	 * @return opaque sRGB colours, INT32
	 */
	static NDArray toArgb(NDArray l, NDArray a, NDArray b) {
		var colours = Colours.of(l, a, b);
		var linear = colours.linear();
		var outside = isInside(linear).logicalNot().nonzero().flatten();
		if (!outside.isEmpty()) {
			var chosen = colours.at(outside);
			linear = colours.with(outside, chosen.times(chosen.share())).linear();
		}
		// As a number, an opaque colour is 2^24 less than its 24 bits. Single precision has all of them.
		var places = l.getManager().create(new float[] { 1 << 16, 1 << 8, 1 }, new Shape(3, 1));
		var argb = encoded(linear).mul(places).sum(new int[] { 0 }).sub(1 << 24);
		return NDArrays.where(l.gt(0), argb, argb.onesLike().mul(Lab.BLACK)).toType(DataType.INT32, false);
	}

	/** @return 0..255 */
	private static NDArray encoded(NDArray linear) {
		var inside = linear.clip(0, 1);
		return NDArrays.where(inside.gt(LINE), inside.pow(1 / 2.4).mul(1.055).sub(0.055), inside.mul(12.92)).mul(255).round();
	}

	/** @param linear (3, n) */
	private static NDArray isInside(NDArray linear) {
		int[] channels = { 0 };
		return linear.min(channels).gt(Lab.DARKEST).logicalAnd(linear.max(channels).lt(Lab.BRIGHTEST));
	}

	/** t of {@code f(t)}. */
	private static NDArray inverse(NDArray f) {
		return NDArrays.where(f.gt(Lab.KNEE), f.mul(f).mul(f), f.sub(Lab.OFFSET).mul(Lab.SLOPE));
	}

	/**
	 * Colours in the numbers that the formula of L*a*b* has.
	 *
	 * @param fy f of Y
	 * @param y Y, white has 1
	 * @param u f of X, less fy
	 * @param w f of Z, less fy
	 */
	private record Colours(NDArray fy, NDArray y, NDArray u, NDArray w) {

		static Colours of(NDArray l, NDArray a, NDArray b) {
			var fy = l.clip(0, 100).add(16).div(116);
			return new Colours(fy, inverse(fy), a.div(500), b.div(-200));
		}

		Colours at(NDArray places) {
			return new Colours(fy.take(places), y.take(places), u.take(places), w.take(places));
		}

		/** These colours with the chroma of others at some places. */
		Colours with(NDArray places, Colours others) {
			return new Colours(fy, y, u.put(places, others.u), w.put(places, others.w));
		}

		Colours times(NDArray share) {
			return new Colours(fy, y, u.mul(share), w.mul(share));
		}

		/** Linear red, green and blue, (3, n). */
		NDArray linear() {
			var xz = NDArrays.stack(new NDList(inverse(fy.add(u)).sub(y), inverse(fy.add(w)).sub(y)));
			return y.getManager().create(TO_LINEAR, new Shape(3, 2)).matMul(xz).add(y);
		}

		/** The largest share of their chroma that sRGB has. */
		NDArray share() {
			var chroma = u.mul(500).square().add(w.mul(200).square()).sqrt();
			NDArray inside = chroma.zerosLike(), outside = chroma.onesLike().mul(Lab.MAX_CHROMA).div(chroma).clip(0, 1);
			for (int i = 0; i < Lab.HALVINGS; i++)
				try (var scope = new NDScope()) {
					var middle = inside.add(outside).div(2);
					var fits = isInside(times(middle).linear());
					inside = NDArrays.where(fits, middle, inside);
					outside = NDArrays.where(fits, outside, middle);
					NDScope.unregister(inside, outside);
					scope.suppressNotUsedWarning();
				}
			return inside;
		}
	}
}
