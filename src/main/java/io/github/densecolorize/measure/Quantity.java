package io.github.densecolorize.measure;

import java.util.function.ToDoubleFunction;

import io.github.densecolorize.image.Colours;
import io.github.densecolorize.image.Comparison;

/** A quantity that is measured for each slice: a column of the table. Macros and scripts rely on the names and on the order. */
public enum Quantity {
	/** InEn of a* of the original; InEn is in bits unless another base was chosen. */
	IN_EN_A_ORIGINAL("InEn_a_original", s -> s.original().inEnA()),
	/** InEn of b* of the original. */
	IN_EN_B_ORIGINAL("InEn_b_original", s -> s.original().inEnB()),
	/** InEn of the original. */
	IN_EN_ORIGINAL("InEn_original", s -> s.original().inEn()),
	/** InEn of a* of the colorized image. */
	IN_EN_A("InEn_a", ofColorized(Colours::inEnA)),
	/** InEn of b* of the colorized image. */
	IN_EN_B("InEn_b", ofColorized(Colours::inEnB)),
	/** InEn of the colorized image. */
	IN_EN("InEn", ofColorized(Colours::inEn)),
	/** Info_loss, 0 or more. */
	INFO_LOSS("Info_loss", ofBoth(Comparison::infoLoss)),
	/** PSNR of RGB in dB. */
	PSNR("PSNR", ofBoth(Comparison::psnr)),
	/** SSIM of RGB. */
	SSIM("SSIM", ofBoth(Comparison::ssim)),
	/** Root mean squared error of a* and b* per channel. */
	AB_RMSE("ab_RMSE", ofBoth(Comparison::abRmse)),
	/** Mean of CIEDE2000. */
	CIEDE2000_MEAN("CIEDE2000_mean", ofBoth(Comparison::ciede2000)),
	/** 95th percentile of CIEDE2000. */
	CIEDE2000_P95("CIEDE2000_p95", ofBoth(Comparison::ciede2000P95)),
	/** Colourfulness of the original. */
	COLOURFULNESS_ORIGINAL("colourfulness_original", s -> s.original().colourfulness()),
	/** Colourfulness of the colorized image. */
	COLOURFULNESS("colourfulness", ofColorized(Colours::colourfulness)),
	/** Largest |difference of L*| of a pixel. */
	MAX_DL("max_dL", ofBoth(Comparison::maxDL)),
	/** Mean CIEDE2000 that was to be expected, of the whole colorized image. */
	EXPECTED_DE00("expected_dE00", MeasuredSlice::expectedError);

	/** Columns of text and number that say which slice it is: the first two, and the last. */
	public static final String IMAGE = "image", SLICE = "slice", METHOD = "method";

	private final String label;
	private final ToDoubleFunction<MeasuredSlice> value;

	Quantity(String label, ToDoubleFunction<MeasuredSlice> value) {
		this.label = label;
		this.value = value;
	}

	/** @return NaN if the slice has none: an image alone has no Info_loss */
	public double of(MeasuredSlice slice) {
		return value.applyAsDouble(slice);
	}

	/** Name of the column. */
	@Override
	public String toString() {
		return label;
	}

	private static ToDoubleFunction<MeasuredSlice> ofColorized(ToDoubleFunction<Colours> value) {
		return ofBoth(c -> value.applyAsDouble(c.colorized()));
	}

	private static ToDoubleFunction<MeasuredSlice> ofBoth(ToDoubleFunction<Comparison> value) {
		return slice -> slice.comparison().map(value::applyAsDouble).orElse(Double.NaN);
	}
}
