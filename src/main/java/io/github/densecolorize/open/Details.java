package io.github.densecolorize.open;

import java.awt.Color;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ij.measure.Calibration;
import ij.process.LUT;

import io.github.densecolorize.image.GrayMapping;

/**
 * What a file says besides its pixels.
 *
 * @param calibration size of a pixel, if the file states that of the object; otherwise a new {@code Calibration}
 * @param labels of the planes, in their order; empty if there are none
 * @param range gray values that are shown as black and white, in the values of the pixels that are read; null if the file states none
 * @param lut colours in which gray values are shown; null for gray
 * @param info text that ImageJ shows in Image &gt; Show Info; null for none
 * @param properties how the image was made, if this plugin made it
 * @param said sentences for the log about what was left out, turned or interpreted
 */
public record Details(Calibration calibration, List<String> labels, GrayMapping range, IndexColorModel lut, String info, Map<String, String> properties,
	List<String> said)
{

	public static final Details NONE = new Details(new Calibration(), List.of(), null, null, null, Map.of(), List.of());

	public Details {
		labels = List.copyOf(labels);
		properties = Map.copyOf(properties);
		said = List.copyOf(said);
	}

	/**
	 * @param width of a pixel
	 * @param height likewise
	 * @param depth distance from slice to slice; 1 if unknown
	 * @param unit "um", "mm", ...
	 */
	public Details withPixelSize(double width, double height, double depth, String unit) {
		var size = new Calibration();
		size.pixelWidth = width;
		size.pixelHeight = height;
		size.pixelDepth = depth;
		size.setUnit(unit);
		return new Details(size, labels, range, lut, info, properties, said);
	}

	public Details withLabels(List<String> all) {
		return new Details(calibration, all, range, lut, info, properties, said);
	}

	/**
	 * @param min raw value that is black
	 * @param max raw value that is white
	 */
	public Details withRange(double min, double max) {
		return new Details(calibration, labels, GrayMapping.range(min, max), lut, info, properties, said);
	}

	/** @param whiteIsSmallest whether the smallest gray value is white (MONOCHROME1, WhiteIsZero); the pixels are not inverted */
	public Details withInverted(boolean whiteIsSmallest) {
		return withLut(whiteIsSmallest ? LUT.createLutFromColor(Color.WHITE).createInvertedLut() : null);
	}

	public Details withLut(IndexColorModel colours) {
		return new Details(calibration, labels, range, colours, info, properties, said);
	}

	public Details withInfo(String text) {
		return new Details(calibration, labels, range, lut, text, properties, said);
	}

	public Details withProperties(Map<String, String> all) {
		return new Details(calibration, labels, range, lut, info, all, said);
	}

	/** @param sentence for the log, without the file's name; begins with a capital and ends with a full stop */
	public Details say(String sentence) {
		var more = new ArrayList<>(said);
		more.add(sentence);
		return new Details(calibration, labels, range, lut, info, properties, more);
	}
}
