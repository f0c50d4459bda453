package io.github.densecolorize.open;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import javax.imageio.stream.ImageInputStream;

/**
 * DICOM (PS3.10): gray values, palettes and colours, uncompressed, deflated, with run lengths or baseline JPEG. Gray values are computed from the
 * stored ones by the file's slope or table.
 */
final class Dicom implements Format {

	private static final int PREAMBLE = 128, TRANSFER_SYNTAX = 0x00020010;

	/** DICOM is recognised by the mark after the preamble or, without it, by a first element of group 2 or 8 in little endian, as in ImageJ. */
	@Override
	public boolean recognizes(byte[] head, String name) {
		boolean other = name.endsWith(".spe") || name.equals("fid");
		return hasPreamble(head) || head.length > 8 && (head[0] == 8 || head[0] == 2) && head[1] == 0 && head[3] == 0 && !other;
	}

	private static boolean hasPreamble(byte[] head) {
		return head.length >= PREAMBLE + 4 && new String(head, PREAMBLE, 4, StandardCharsets.ISO_8859_1).equals("DICM");
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		var head = new byte[(int) Math.min(HEAD, in.length())];
		in.readFully(head);
		try {
			in.seek(hasPreamble(head) ? PREAMBLE + 4 : 0);
			var meta = DicomData.readMeta(in);
			long start = in.getStreamPosition();
			var syntax = DicomSyntax.of(meta.text(TRANSFER_SYNTAX));
			in.seek(start);
			return image(in, syntax == DicomSyntax.DEFLATED ? inflated(in) : in, syntax);
		}
		catch (EOFException e) {
			throw Refusal.damaged("it has " + in.length() + " bytes, and its header is longer", e);
		}
	}

	/** Unpacks everything that follows. */
	private static ImageInputStream inflated(ImageInputStream in) throws IOException {
		var packed = new byte[Math.toIntExact(in.length() - in.getStreamPosition())];
		in.readFully(packed);
		var inflater = new Inflater(true);
		try {
			return Unpacked.of(new InflaterInputStream(new ByteArrayInputStream(packed), inflater));
		}
		finally {
			inflater.end();
		}
	}

	/**
	 * @param file file that is closed with the image
	 * @param in at the beginning of the data set
	 */
	private static ImageSource image(ImageInputStream file, ImageInputStream in, DicomSyntax syntax) throws IOException {
		var data = DicomData.read(in, syntax.order());
		var header = DicomHeader.of(data, syntax, file.length());
		var details = DicomDetails.of(data);
		if (!header.isGray()) {
			var colour = DicomColour.of(data, header);
			var layout = Layout.stack(header.width(), header.height(), header.frames(), colour.type());
			return new DicomImage(file, layout, details, header.frames(in, data), header.bits(), null, colour);
		}
		var gray = DicomGray.of(data, header.frames(), header.bits());
		var layout = Layout.stack(header.width(), header.height(), header.frames(), gray.type());
		return new DicomImage(file, layout, DicomDetails.ofGray(details, data, header, gray), header.frames(in, data), header.bits(), gray, null);
	}
}
