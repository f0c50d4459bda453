package io.github.densecolorize.open;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A DICOM file that is made in a test, element by element in the order of their tags. */
final class DicomBytes {

	static final String IMPLICIT = "1.2.840.10008.1.2", EXPLICIT = "1.2.840.10008.1.2.1", DEFLATED = "1.2.840.10008.1.2.1.99",
			BIG_ENDIAN = "1.2.840.10008.1.2.2", RUN_LENGTHS = "1.2.840.10008.1.2.5";
	static final int PIXELS = 0x7fe00010;

	private final String syntax;
	private final ByteOrder order;
	private final Bytes data;

	DicomBytes(String syntax) {
		this.syntax = syntax;
		order = syntax.equals(BIG_ENDIAN) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		data = new Bytes(order);
	}

	/** Gray values of two pixels side by side. */
	static DicomBytes pair(String syntax, int allocated, int stored, int highest, int signed) {
		return new DicomBytes(syntax).shorts(0x00280002, 1).text(0x00280004, "CS", "MONOCHROME2").shorts(0x00280010, 1).shorts(0x00280011,
			2).shorts(0x00280100, allocated).shorts(0x00280101, stored).shorts(0x00280102, highest).shorts(0x00280103, signed);
	}

	/** Colours of two pixels side by side, 8 bits a sample. */
	static DicomBytes colours(String photometric, int samples, int planar) {
		return new DicomBytes(EXPLICIT).shorts(0x00280002, samples).text(0x00280004, "CS", photometric).shorts(0x00280006,
			planar).shorts(0x00280010, 1)
			.shorts(0x00280011, 2).shorts(0x00280100, 8).shorts(0x00280101, 8).shorts(0x00280102, 7).shorts(0x00280103, 0);
	}

	DicomBytes text(int tag, String vr, String text) {
		return element(tag, vr, new Bytes(order).text(text.length() % 2 == 0 ? text : text + " ").all());
	}

	DicomBytes shorts(int tag, int... values) {
		return element(tag, "US", new Bytes(order).shorts(values).all());
	}

	DicomBytes words(int tag, int... values) {
		return element(tag, "OW", new Bytes(order).shorts(values).all());
	}

	/** A sequence whose items have their lengths. */
	DicomBytes sequence(int tag, DicomBytes... items) {
		var all = new Bytes(order);
		for (var item : items)
			all.shorts(0xfffe, 0xe000).ints(item.data.all().length).bytes(item.data.all());
		return element(tag, "SQ", all.all());
	}

	/** Pixels in parts, of which the first is the empty table of where frames begin. */
	DicomBytes parts(byte[]... parts) {
		data.shorts(PIXELS >>> 16, PIXELS & 0xffff).text("OB").shorts(0).ints(-1).shorts(0xfffe, 0xe000).ints(0);
		for (var part : parts)
			data.shorts(0xfffe, 0xe000).ints(part.length).bytes(part);
		data.shorts(0xfffe, 0xe0dd).ints(0);
		return this;
	}

	DicomBytes element(int tag, String vr, byte[] value) {
		data.shorts(tag >>> 16, tag & 0xffff);
		if (syntax.equals(IMPLICIT)) data.ints(value.length);
		else if (vr.equals("OW") || vr.equals("OB") || vr.equals("SQ")) data.text(vr).shorts(0).ints(value.length);
		else data.text(vr).shorts(value.length);
		data.bytes(value);
		return this;
	}

	/** With a preamble. */
	byte[] file() {
		var uid = syntax.length() % 2 == 0 ? syntax : syntax + "\0";
		var meta = new Bytes(ByteOrder.LITTLE_ENDIAN).bytes(new byte[128]).text("DICM").shorts(2, 0x10).text("UI").shorts(uid.length()).text(uid);
		return meta.bytes(syntax.equals(DEFLATED) ? deflated(data.all()) : data.all()).all();
	}

	/** Without one, as before DICOM. */
	byte[] bare() {
		return data.all();
	}

	private static byte[] deflated(byte[] bytes) {
		var out = new ByteArrayOutputStream();
		try (var deflating = new DeflaterOutputStream(out, new Deflater(9, true))) {
			deflating.write(bytes);
		}
		catch (java.io.IOException e) {
			throw new AssertionError("not in memory", e);
		}
		return out.toByteArray();
	}
}
