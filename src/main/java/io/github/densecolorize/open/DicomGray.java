package io.github.densecolorize.open;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

import io.github.densecolorize.image.GrayMapping;

/**
 * Gray values of the frames of a DICOM file: stored values become measured ones (<i>modality</i>: a slope and an intercept, or a table), and these
 * are shown by a window or a table (<i>values of interest</i>). If the window can be expressed as a display range of the measured values, it is;
 * otherwise the values that are shown are used.
 *
 * @param type of the values
 * @param toValue for each frame, computes the value from the stored one
 * @param range black and white; null if the file states none
 * @param said a sentence for the log; null for none
 */
record DicomGray(PixelType type, List<DoubleUnaryOperator> toValue, GrayMapping range, String said) {

	private static final int SLOPE = 0x00281053, INTERCEPT = 0x00281052;
	private static final int MODALITY_TABLE = 0x00283000, INTEREST_TABLE = 0x00283010;
	private static final int SHARED = 0x52009229, PER_FRAME = 0x52009230, TRANSFORMATION = 0x00289145, WINDOWS = 0x00289132;
	/** For 8 and 16 bits ImageJ rounds a display range to whole numbers; if the range is wider than this, L* changes by less than 0.1. */
	private static final double WIDE = 512;

	/** A linear function from stored to measured values. */
	private record Rescale(double slope, double intercept) implements DoubleUnaryOperator {

		@Override
		public double applyAsDouble(double stored) {
			return slope * stored + intercept;
		}
	}

	/** Values that a table shows, 0 to 1. */
	private record Shown(DicomTable table, double max) implements DoubleUnaryOperator {

		@Override
		public double applyAsDouble(double value) {
			return table.applyAsDouble(value) / max;
		}
	}

	/** @param bits null for floating point numbers */
	static DicomGray of(DicomData data, int frames, DicomBits bits) throws IOException {
		var modality = new ArrayList<DoubleUnaryOperator>();
		var interest = new ArrayList<DoubleUnaryOperator>();
		DicomData before = null, shownBefore = null;
		for (int i = 0; i < frames; i++) {
			var measured = group(data, i, TRANSFORMATION);
			modality.add(measured == before ? modality.get(i - 1) : modality(measured, bits));
			var shown = group(data, i, WINDOWS);
			interest.add(shown == shownBefore ? interest.get(i - 1) : interest(shown, below0(modality.get(i), bits)));
			before = measured;
			shownBefore = shown;
		}
		var first = interest.get(0);
		boolean same = interest.stream().allMatch(i -> i == null ? first == null : i.equals(first));
		if (same && (first == null || first instanceof DicomWindow window && window.isLinear())) return measured(modality, (DicomWindow) first,
			bits);
		return shown(modality, interest, bits, same ? "The gray values are those that are shown by the " + (first instanceof DicomWindow
			? "window of the function SIGMOID." : "look-up table of the file (VOI LUT).")
			: "Each frame has a window of its own; the gray values are those that are shown.");
	}

	/** The functional group of a frame; the file's own data set if there is none. */
	static DicomData group(DicomData data, int frame, int sequence) {
		var groups = new ArrayList<DicomData>();
		var own = data.items(PER_FRAME);
		if (frame < own.size()) groups.add(own.get(frame));
		groups.addAll(data.items(SHARED));
		return groups.stream().map(group -> group.items(sequence)).filter(items -> !items.isEmpty()).map(items -> items.get(0)).findFirst().orElse(
			data);
	}

	private static DoubleUnaryOperator modality(DicomData data, DicomBits bits) throws IOException {
		if (bits == null) return new Rescale(1, 0);
		var tables = data.items(MODALITY_TABLE);
		if (!tables.isEmpty()) return DicomTable.of(tables.get(0), DicomTable.DESCRIPTOR, DicomTable.DATA, bits.signed());
		double[] slope = data.decimals(SLOPE, "rescale slope"), intercept = data.decimals(INTERCEPT, "rescale intercept");
		if (slope.length > 0 && slope[0] == 0) throw Refusal.unsupported("has the rescale slope 0, which makes all its gray values the same",
			"correct the element (0028,1053)");
		return new Rescale(slope.length > 0 ? slope[0] : 1, intercept.length > 0 ? intercept[0] : 0);
	}

	private static DoubleUnaryOperator interest(DicomData data, boolean signed) throws IOException {
		var tables = data.items(INTEREST_TABLE);
		if (tables.isEmpty()) return DicomWindow.of(data);
		var table = DicomTable.of(tables.get(0), DicomTable.DESCRIPTOR, DicomTable.DATA, signed);
		return new Shown(table, table.max());
	}

	private static boolean below0(DoubleUnaryOperator modality, DicomBits bits) {
		return bits != null && Math.min(modality.applyAsDouble(bits.min()), modality.applyAsDouble(bits.max())) < 0;
	}

	private static DicomGray measured(List<DoubleUnaryOperator> modality, DicomWindow window, DicomBits bits) {
		var range = window == null ? null : window.range();
		if (bits == null) return new DicomGray(PixelType.GRAY32, modality, range, null);
		double min = Double.POSITIVE_INFINITY, max = Double.NEGATIVE_INFINITY;
		boolean whole = true, same = true;
		int depth = 0;
		for (var m : modality) {
			if (m instanceof Rescale rescale) {
				double low = rescale.applyAsDouble(bits.min()), high = rescale.applyAsDouble(bits.max());
				min = Math.min(min, Math.min(low, high));
				max = Math.max(max, Math.max(low, high));
				whole &= rescale.slope == Math.rint(rescale.slope) && rescale.intercept == Math.rint(rescale.intercept);
				same &= rescale.slope == 1 && rescale.intercept == 0;
				depth = Math.max(depth, bits.stored());
			}
			else {
				var table = (DicomTable) m;
				min = Math.min(min, 0);
				max = Math.max(max, table.max());
				same = false;
				depth = Math.max(depth, table.bits());
			}
		}
		if (same && !bits.signed() && bits.stored() < 8 && range == null) {
			double white = bits.max();
			return new DicomGray(PixelType.GRAY8, all(modality, v -> Math.rint(v * 255 / white)), null, null);
		}
		// This is how images of few bits are shown if nothing else is stated.
		if (range == null && depth <= 8) range = GrayMapping.range(min, max);
		if (same && !bits.signed() && bits.stored() == 8 && fits(range, 0, 255)) return new DicomGray(PixelType.GRAY8, modality, range, null);
		if (whole && min >= 0 && max <= 0xffff && fits(range, 0, 0xffff)) return new DicomGray(PixelType.GRAY16, modality, range, null);
		int zero = PixelType.ZERO;
		if (whole && min >= -zero && max < zero && fits(range, -zero, zero - 1)) return new DicomGray(PixelType.SIGNED16, modality, range == null ? null : GrayMapping.range(range.min() + zero, range.max() + zero), null);
		return new DicomGray(PixelType.GRAY32, modality, range, null);
	}

	/** Whether ImageJ can display this range: it needs whole numbers within the range of the type. */
	private static boolean fits(GrayMapping range, int min, int max) {
		if (range == null) return true;
		boolean whole = range.min() == Math.rint(range.min()) && range.max() == Math.rint(range.max());
		return range.min() >= min && range.max() <= max && (whole || range.max() - range.min() > WIDE);
	}

	private static DicomGray shown(List<DoubleUnaryOperator> modality, List<DoubleUnaryOperator> interest, DicomBits bits, String said) {
		var toValue = new ArrayList<DoubleUnaryOperator>();
		for (int i = 0; i < modality.size(); i++) {
			var m = modality.get(i);
			var shown = interest.get(i) != null ? interest.get(i) : new DicomWindow("LINEAR_EXACT", 0.5, 1);
			if (interest.get(i) == null && bits != null) {
				double low = m.applyAsDouble(bits.min()), high = m.applyAsDouble(bits.max());
				shown = new DicomWindow("LINEAR_EXACT", (low + high) / 2, Math.abs(high - low));
			}
			var last = shown;
			toValue.add(v -> Math.rint(0xffff * last.applyAsDouble(m.applyAsDouble(v))));
		}
		return new DicomGray(PixelType.GRAY16, toValue, GrayMapping.range(0, 0xffff), said);
	}

	private static List<DoubleUnaryOperator> all(List<DoubleUnaryOperator> steps, DoubleUnaryOperator last) {
		return steps.stream().map(step -> step.andThen(last)).toList();
	}
}
