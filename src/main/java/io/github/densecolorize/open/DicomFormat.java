package io.github.densecolorize.open;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import javax.imageio.stream.ImageInputStream;

import io.github.densecolorize.open.DicomPixels.Shape;

/**
 * DICOM (PS3.10): gray values, palettes and colours, uncompressed, deflated, with run lengths or baseline JPEG.
 * Gray values are those that the file's slope or table makes of the stored ones.
 */
final class DicomFormat implements Format {

	private static final int PREAMBLE = 128;
	private static final int TRANSFER_SYNTAX = 0x00020010, SAMPLES = 0x00280002, PHOTOMETRIC = 0x00280004, PLANAR = 0x00280006, FRAMES = 0x00280008,
			ROWS = 0x00280010, COLUMNS = 0x00280011, SPACING = 0x00280030, THICKNESS = 0x00180050, DISTANCE = 0x00180088, MEASURES = 0x00289110,
			SHAPE = 0x20500020, MATRIX_COLUMNS = 0x00480006, MATRIX_ROWS = 0x00480007;

	private static final String IMPLICIT = "1.2.840.10008.1.2", BIG_ENDIAN = "1.2.840.10008.1.2.2", DEFLATED = "1.2.840.10008.1.2.1.99",
			ENCAPSULATED = "1.2.840.10008.1.2.1.98", RUN_LENGTHS = "1.2.840.10008.1.2.5", JPEG = "1.2.840.10008.1.2.4.";
	/** Of transfer syntaxes that begin as {@link #JPEG}, by their last number. */
	private static final Map<String, String> COMPRESSED = Map.ofEntries(Map.entry("50", "JPEG baseline"), Map.entry("51", "JPEG extended"), Map.entry(
		"57", "JPEG lossless"), Map.entry("70", "JPEG lossless"), Map.entry("80", "JPEG-LS"), Map.entry("81", "JPEG-LS"), Map.entry("90", "JPEG 2000"),
		Map.entry("91", "JPEG 2000"), Map.entry("92", "JPEG 2000"), Map.entry("93", "JPEG 2000"), Map.entry("100", "MPEG-2"), Map.entry("101", "MPEG-2"),
		Map.entry("102", "MPEG-4"), Map.entry("103", "MPEG-4"), Map.entry("104", "MPEG-4"), Map.entry("105", "MPEG-4"), Map.entry("106", "MPEG-4"), Map
			.entry("107", "HEVC"), Map.entry("108", "HEVC"), Map.entry("110", "JPEG XL"), Map.entry("111", "JPEG XL"), Map.entry("112", "JPEG XL"), Map
				.entry("201", "HTJ2K"), Map.entry("202", "HTJ2K"), Map.entry("203", "HTJ2K"));

	/** By the mark after the preamble; without it by the name, or by a first element of group 2 or 8 in little endian, as ImageJ does. */
	@Override
	public boolean recognizes(byte[] head, String name) {
		if (hasPreamble(head)) return true;
		boolean early = head.length > 8 && (head[0] == 8 || head[0] == 2) && head[1] == 0 && head[3] == 0;
		return early && !name.endsWith(".spe") && !name.equals("fid") || name.endsWith(".dcm") || name.endsWith(".dicom");
	}

	private static boolean hasPreamble(byte[] head) {
		return head.length >= PREAMBLE + 4 && new String(head, PREAMBLE, 4, StandardCharsets.ISO_8859_1).equals("DICM");
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		var head = new byte[(int) Math.min(HEAD, in.length())];
		in.readFully(head);
		if (!hasPreamble(head) && !(head.length > 8 && head[1] == 0 && head[0] <= 8)) throw Refusal.unsupported(
			"is named as a DICOM file, but has nothing of one", "give it the ending of its format");
		in.seek(hasPreamble(head) ? PREAMBLE + 4 : 0);
		try {
			var meta = DicomData.readMeta(in);
			var syntax = meta.text(TRANSFER_SYNTAX);
			in.seek(meta.end());
			if (syntax.equals(DEFLATED)) return image(in, inflated(in), 0, syntax);
			return image(in, in, in.getStreamPosition(), syntax);
		}
		catch (EOFException e) {
			throw Refusal.damaged("it has " + in.length() + " bytes, and its header is longer", e);
		}
	}

	/** All that follows, unpacked. */
	private static ImageInputStream inflated(ImageInputStream in) throws IOException {
		var packed = new byte[(int) Math.min(Integer.MAX_VALUE - 8, in.length() - in.getStreamPosition())];
		in.readFully(packed);
		var inflater = new Inflater(true);
		inflater.setInput(packed);
		var out = new ByteArrayOutputStream();
		var some = new byte[1 << 16];
		try {
			while (!inflater.finished()) {
				int n = inflater.inflate(some);
				if (n == 0 && inflater.needsInput()) throw Refusal.damaged("its deflated part ends too soon");
				out.write(some, 0, n);
			}
		}
		catch (DataFormatException e) {
			throw Refusal.damaged("its deflated part can't be unpacked", e);
		}
		finally {
			inflater.end();
		}
		return new ArrayInput(out.toByteArray());
	}

	/** @param file to be closed with the image */
	private static ImageSource image(ImageInputStream file, ImageInputStream in, long start, String syntax) throws IOException {
		in.seek(start);
		var order = syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		var data = DicomData.read(in, in.length(), order, hasRepresentations(in));
		int pixelTag = data.element(DicomData.FLOATS) != null ? DicomData.FLOATS : data.element(DicomData.DOUBLES) != null ? DicomData.DOUBLES
			: DicomData.PIXELS;
		var element = data.element(pixelTag);
		if (element == null) throw Refusal.unsupported("is a DICOM file without an image, such as a directory or a report", "leave it out");
		int width = data.shortValue(COLUMNS, 0), height = data.shortValue(ROWS, 0), samples = data.shortValue(SAMPLES, 1);
		int frames = data.has(FRAMES) ? (int) data.decimals(FRAMES, "number of frames")[0] : 1;
		if (width < 1 || height < 1 || frames < 1) throw Refusal.damaged("it has " + width + " x " + height + " pixels and " + frames + " frames");
		if (data.has(MATRIX_COLUMNS) && data.has(MATRIX_ROWS) && frames > 1) throw Refusal.unsupported(
			"is a tiled DICOM image of a whole slide, which is not read here", "export the part that is wanted as TIFF, from QuPath for one");
		boolean floats = pixelTag != DicomData.PIXELS;
		int allocated = pixelTag == DicomData.FLOATS ? 32 : pixelTag == DicomData.DOUBLES ? 64 : data.shortValue(DicomBits.ALLOCATED, 16);
		if (!floats && allocated != 1 && allocated != 8 && allocated != 16 && allocated != 32) throw Refusal.unsupported("has " + allocated +
			" bits allocated to a sample, which is not read here", "convert it to TIFF");
		var bits = floats ? null : DicomBits.of(data, allocated);
		var photometric = data.text(PHOTOMETRIC);
		var shape = new Shape(width, height, samples, samples > 1 && data.shortValue(PLANAR, 0) == 1, allocated, element.parts() == null && photometric
			.endsWith("_422"));
		var pixels = element.parts() == null ? plain(in, element, shape, frames, order) : new DicomParts(in, data, frames, shape, codec(syntax, bits));
		return image(file, data, new Layout(width, height, 1, frames, 1, PixelType.RGB), samples, photometric, pixels, bits, pixels instanceof DicomParts
			&& syntax.startsWith(JPEG));
	}

	/** Whether elements tell what they hold: two capital letters are no length of a first element. */
	private static boolean hasRepresentations(ImageInputStream in) throws IOException {
		in.mark();
		var first = new byte[6];
		in.readFully(first);
		in.reset();
		return first[4] >= 'A' && first[4] <= 'Z' && first[5] >= 'A' && first[5] <= 'Z';
	}

	private static DicomImage.Frames plain(ImageInputStream in, DicomData.Element element, Shape shape, int frames, ByteOrder order)
		throws IOException
	{
		long wanted = shape.bytes(frames);
		if (element.start() + wanted > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + (element.start() +
			wanted));
		if (element.length() < wanted) throw Refusal.damaged("its pixels have " + element.length() + " bytes instead of " + wanted);
		in.setByteOrder(order);
		var pixels = new DicomPixels(in, element.start(), shape, order == ByteOrder.BIG_ENDIAN && element.vr().equals("OW") && shape.bits() == 8);
		return new DicomImage.Frames() {

			@Override
			public DicomPixels pixels(int frame) {
				return pixels;
			}

			@Override
			public int number(int frame) {
				return frame;
			}
		};
	}

	private static DicomParts.Codec codec(String syntax, DicomBits bits) throws Refusal {
		if (syntax.equals(ENCAPSULATED)) return DicomParts::plain;
		if (syntax.equals(RUN_LENGTHS)) return DicomParts::runLengths;
		var compression = syntax.startsWith(JPEG) ? COMPRESSED.get(syntax.substring(JPEG.length())) : null;
		// The extended one differs in 12 bits only.
		if (compression != null && (compression.equals("JPEG baseline") || compression.equals("JPEG extended") && bits.stored() <= 8))
			return DicomParts::jpeg;
		throw Refusal.unsupported("is compressed DICOM (" + (compression != null ? compression : "transfer syntax " + syntax) +
			"), which is not read here", "decompress it, with gdcmconv --raw for one, or convert it to TIFF");
	}

	private static ImageSource image(ImageInputStream file, DicomData data, Layout rgb, int samples, String photometric, DicomImage.Frames frames,
		DicomBits bits, boolean jpeg) throws IOException
	{
		var info = Details.NONE.withInfo(data.describe());
		var details = withPixelSize(info, data);
		boolean monochrome = samples == 1 && (photometric.startsWith("MONOCHROME") || photometric.isEmpty());
		if (!monochrome) {
			var colour = bits == null ? null : samples == 1 && photometric.equals("PALETTE COLOR") ? DicomColour.palette(data, bits) : samples == 3
				? DicomColour.of(photometric, bits) : null;
			if (colour == null) throw Refusal.unsupported("has " + samples + (samples == 1 ? " sample" : " samples") + " a pixel of the interpretation " +
				photometric + ", which is not read here", "convert it to RGB");
			return new DicomImage(file, rgb, details, frames, bits, null, colour);
		}
		var gray = DicomGray.of(data, rgb.slices(), bits);
		boolean inverted = photometric.equals("MONOCHROME1") || data.text(SHAPE).equals("INVERSE");
		details = details.withInverted(inverted);
		if (gray.range() != null) details = details.withRange(gray.range().min(), gray.range().max());
		for (var sentence : gray.said())
			details = details.say(sentence);
		return new DicomImage(file, Layout.stack(rgb.width(), rgb.height(), rgb.slices(), gray.type()), details, frames, bits, gray, null);
	}

	/** Of the object: the spacing at a detector or a scanner is another element. */
	private static Details withPixelSize(Details details, DicomData data) throws IOException {
		var measures = DicomGray.group(data, 0, MEASURES);
		var spacing = measures.decimals(SPACING, "pixel spacing");
		if (spacing.length < 2 || !(spacing[0] > 0 && spacing[1] > 0)) return details;
		double[] distance = measures.decimals(DISTANCE, "slice spacing"), thickness = measures.decimals(THICKNESS, "slice thickness");
		double depth = distance.length > 0 ? Math.abs(distance[0]) : thickness.length > 0 ? thickness[0] : 1;
		return details.withPixelSize(spacing[1], spacing[0], depth > 0 ? depth : 1, "mm");
	}
}
