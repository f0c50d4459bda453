package io.github.densecolorize.open;

import java.io.IOException;

/** What a DICOM file says besides its pixels. */
final class DicomDetails {

	private static final int SPACING = 0x00280030, THICKNESS = 0x00180050, DISTANCE = 0x00180088, MEASURES = 0x00289110, SHAPE = 0x20500020;

	private DicomDetails() {}

	/** The elements as text, and the size of a pixel in the object; the spacing at a detector or a scanner is another element, which is not used. */
	static Details of(DicomData data) throws IOException {
		var details = Details.NONE.withInfo(data.describe());
		var measures = DicomGray.group(data, 0, MEASURES);
		var spacing = measures.decimals(SPACING, "pixel spacing");
		if (spacing.length < 2 || !(spacing[0] > 0 && spacing[1] > 0)) return details;
		double[] distance = measures.decimals(DISTANCE, "slice spacing"), thickness = measures.decimals(THICKNESS, "slice thickness");
		double depth = Math.abs(distance.length > 0 ? distance[0] : thickness.length > 0 ? thickness[0] : 1);
		return details.withPixelSize(spacing[1], spacing[0], depth > 0 ? depth : 1, "mm");
	}

	/** The same, with the values that are black and white. */
	static Details ofGray(Details details, DicomData data, DicomHeader header, DicomGray gray) throws IOException {
		// The presentation shape takes precedence: MONOCHROME1 with IDENTITY is shown as it is (PS3.3, section C.11.6).
		var shape = data.text(SHAPE);
		var shown = details.withInverted(shape.isEmpty() ? header.photometric().equals("MONOCHROME1") : shape.equals("INVERSE"));
		if (gray.range() != null) shown = shown.withRange(gray.range().min(), gray.range().max());
		return gray.said() == null ? shown : shown.say(gray.said());
	}
}
