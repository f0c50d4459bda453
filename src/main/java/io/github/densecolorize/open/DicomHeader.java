package io.github.densecolorize.open;

import java.io.IOException;

import javax.imageio.stream.ImageInputStream;

import io.github.densecolorize.open.DicomPixels.Shape;

/**
 * What a DICOM file says about its pixels (PS3.3, section C.7.6.3).
 *
 * @param syntax how they are written
 * @param element tag of the element that holds the pixels
 * @param width of a frame in pixels
 * @param height likewise
 * @param frames how many
 * @param samples of a pixel
 * @param allocated bits of a sample
 * @param bits of them that are its value; null if it is a floating point number
 * @param photometric interpretation
 * @param planar whether each sample has a plane of its own
 */
record DicomHeader(DicomSyntax syntax, int element, int width, int height, int frames, int samples, int allocated, DicomBits bits,
	String photometric, boolean planar)
{

	private static final int SAMPLES = 0x00280002, PHOTOMETRIC = 0x00280004, PLANAR = 0x00280006, FRAMES = 0x00280008, ROWS = 0x00280010,
			COLUMNS = 0x00280011, MATRIX_COLUMNS = 0x00480006;

	/**
	 * @param length of the file
	 * @throws Refusal if there is no image that can be read here
	 */
	static DicomHeader of(DicomData data, DicomSyntax syntax, long length) throws IOException {
		int element = data.element(DicomData.FLOATS) != null ? DicomData.FLOATS : data.element(DicomData.DOUBLES) != null ? DicomData.DOUBLES
			: DicomData.PIXELS;
		if (data.element(element) == null) throw data.has(ROWS) ? Refusal.damaged("it has " + length + " bytes, and ends before its pixels")
			: Refusal.unsupported("is a DICOM file without an image, such as a directory or a report", "leave it out");
		int width = data.shortValue(COLUMNS, 0), height = data.shortValue(ROWS, 0), samples = data.shortValue(SAMPLES, 1);
		int frames = data.has(FRAMES) ? (int) data.decimals(FRAMES, "number of frames")[0] : 1;
		if (width < 1 || height < 1 || frames < 1 || samples < 1) throw Refusal.damaged("it has " + width + " x " + height + " pixels of " +
			samples + " samples and " + frames + " frames");
		if (data.has(MATRIX_COLUMNS) && frames > 1) throw Refusal.unsupported("is a tiled DICOM image of a whole slide, which is not read here",
			"export the part that is wanted as TIFF, from QuPath for one");
		int allocated = switch (element) {
			case DicomData.FLOATS -> 32;
			case DicomData.DOUBLES -> 64;
			default -> data.shortValue(DicomBits.ALLOCATED, 16);
		};
		boolean floats = element != DicomData.PIXELS;
		if (!floats && allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32) throw Refusal.unsupported("has " + allocated +
			" bits allocated to a sample, which is not read here", "convert it to TIFF");
		return new DicomHeader(syntax, element, width, height, frames, samples, allocated, floats ? null : DicomBits.of(data, allocated),
			data.text(PHOTOMETRIC), samples > 1 && data.shortValue(PLANAR, 0) == 1);
	}

	/** Whether pixels are gray values. */
	boolean isGray() {
		return samples == 1 && (photometric.startsWith("MONOCHROME") || photometric.isEmpty());
	}

	/** Where the frames are in a file. */
	DicomImage.Frames frames(ImageInputStream in, DicomData data) throws IOException {
		var shape = new Shape(width, height, samples, planar, allocated, photometric.endsWith("_422") && syntax.keepsHalvedChroma());
		var found = data.element(element);
		if (found.parts() != null) return new DicomParts(in, data, this, shape);
		long wanted = shape.bytes(frames);
		if (found.start() + wanted > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " +
			(found.start() + wanted));
		if (found.length() < wanted) throw Refusal.damaged("its pixels have " + found.length() + " bytes instead of " + wanted);
		in.setByteOrder(syntax.order());
		boolean words = syntax == DicomSyntax.BIG_ENDIAN && found.vr().equals("OW") && allocated == 8;
		return new DicomImage.WholeFrames(new DicomPixels(in, found.start(), shape, words));
	}
}
