package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.imageio.stream.ImageInputStream;

/**
 * A data set of a DICOM file, or one that is nested in it (PS3.5, chapter 7). Reading it only notes where the elements are; their values are read
 * when they are asked for.
 */
final class DicomData {

	static final int PIXELS = 0x7fe00010, FLOATS = 0x7fe00008, DOUBLES = 0x7fe00009;

	private static final int META = 2;
	private static final int ITEM = 0xfffee000, ITEM_END = 0xfffee00d, SEQUENCE_END = 0xfffee0dd;
	private static final long UNDEFINED = 0xffffffffL;
	/** Value representations with a length of 32 bits. */
	private static final Set<String> LONG = Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");
	/** If the file has no value representations, only the dictionary says which elements are nested; these are the ones that are needed. */
	private static final Set<Integer> SEQUENCES = Set.of(0x00283000, 0x00283010, 0x00289110, 0x00289132, 0x00289145, 0x52009229, 0x52009230);
	/** How deep data sets may be nested; real files have four or five levels. */
	private static final int DEEPEST = 32;
	/** Longest text of a value that is shown. */
	private static final int SHOWN = 256;

	/**
	 * Where a value lies in the file.
	 *
	 * @param vr value representation; empty if the file does not state it
	 * @param parts where the fragments of encapsulated pixels are; null if the value is not encapsulated
	 * @param items of a sequence
	 */
	record Element(int tag, String vr, long start, long length, List<Part> parts, List<DicomData> items) {}

	/** A range of bytes of the file. */
	record Part(long start, long length) {}

	private final ImageInputStream in;
	private final ByteOrder order;
	private final Map<Integer, Element> elements = new LinkedHashMap<>();

	private DicomData(ImageInputStream in, ByteOrder order) {
		this.in = in;
		this.order = order;
	}

	/**
	 * Reads from the input's position to its end.
	 *
	 * @throws Refusal if the input ends too soon
	 */
	static DicomData read(ImageInputStream in, ByteOrder order) throws IOException {
		var data = new DicomData(in, order);
		data.readElements(in.length(), hasRepresentations(in), 0);
		return data;
	}

	/** Whether elements have a value representation, whatever the file states: two capital letters can't be the length of a first element. */
	private static boolean hasRepresentations(ImageInputStream in) throws IOException {
		in.mark();
		var first = new byte[6];
		in.readFully(first);
		in.reset();
		return isLetter(first[4]) && isLetter(first[5]);
	}

	private static boolean isLetter(int c) {
		return c >= 'A' && c <= 'Z';
	}

	/** The group of file meta information at the input's position, which is always in little endian with value representations. */
	static DicomData readMeta(ImageInputStream in) throws IOException {
		var data = new DicomData(in, ByteOrder.LITTLE_ENDIAN);
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		long end = in.getStreamPosition();
		while (end + 8 <= in.length() && in.readUnsignedShort() == META) {
			in.seek(end);
			data.readElement(in.length(), true, 0);
			end = in.getStreamPosition();
		}
		in.seek(end);
		return data;
	}

	/** Reads elements up to the end, or to a mark of the end. */
	private void readElements(long end, boolean explicit, int depth) throws IOException {
		if (depth > DEEPEST) throw Refusal.damaged("its data elements are nested more than " + DEEPEST + " deep");
		while (in.getStreamPosition() + 8 <= end)
			if (!readElement(end, explicit, depth)) return;
		in.seek(end);
	}

	/** @return whether it was an element, not the mark that ends them */
	private boolean readElement(long end, boolean explicit, int depth) throws IOException {
		in.setByteOrder(order);
		int tag = readTag();
		if (tag == ITEM_END || tag == SEQUENCE_END) {
			in.skipBytes(4);
			return false;
		}
		var vr = explicit ? readRepresentation() : "";
		long length;
		if (vr.isEmpty()) length = in.readUnsignedInt();
		else if (LONG.contains(vr)) {
			in.skipBytes(2);
			length = in.readUnsignedInt();
		}
		else length = in.readUnsignedShort();
		long start = in.getStreamPosition();
		boolean pixels = tag == PIXELS || tag == FLOATS || tag == DOUBLES;
		if (length == UNDEFINED && (pixels || vr.startsWith("O"))) elements.put(tag, new Element(tag, vr, start, length, readParts(), List.of()));
		else if (length == UNDEFINED || vr.equals("SQ") || SEQUENCES.contains(tag)) {
			// An element of unknown representation and length is nested, without representations (PS3.5 section 6.2.2).
			boolean nestedExplicit = explicit && !vr.equals("UN");
			elements.put(tag, new Element(tag, "SQ", start, length, null, readItems(length == UNDEFINED ? end : start + length, nestedExplicit,
				depth)));
		}
		else {
			// Missing pixels are noticed later, where it is known how many there should be.
			if (start + length > end && !pixels) throw Refusal.damaged("it has " + in.length() + " bytes, and its header is longer");
			elements.put(tag, new Element(tag, vr, start, length, null, List.of()));
			in.seek(Math.min(end, start + length));
		}
		return true;
	}

	private int readTag() throws IOException {
		return in.readUnsignedShort() << 16 | in.readUnsignedShort();
	}

	/** Two capital letters; empty if there are none, as some programs leave them out here and there. */
	private String readRepresentation() throws IOException {
		in.mark();
		int a = in.read(), b = in.read();
		if (isLetter(a) && isLetter(b)) return "" + (char) a + (char) b;
		in.reset();
		return "";
	}

	private List<DicomData> readItems(long end, boolean explicit, int depth) throws IOException {
		var items = new ArrayList<DicomData>();
		while (in.getStreamPosition() + 8 <= end) {
			int tag = readTag();
			long length = in.readUnsignedInt();
			if (tag == SEQUENCE_END) return items;
			if (tag != ITEM) throw Refusal.damaged("a sequence of its header holds something else than items");
			var item = new DicomData(in, order);
			item.readElements(length == UNDEFINED ? end : Math.min(end, in.getStreamPosition() + length), explicit, depth + 1);
			items.add(item);
		}
		return items;
	}

	/** The first part is the table that says where frames begin. */
	private List<Part> readParts() throws IOException {
		var parts = new ArrayList<Part>();
		while (in.getStreamPosition() + 8 <= in.length() && readTag() == ITEM) {
			long length = in.readUnsignedInt(), start = in.getStreamPosition();
			parts.add(new Part(start, length));
			in.seek(start + length);
		}
		in.skipBytes(4);
		return parts;
	}

	/** Whether there is such an element and it has a value. */
	boolean has(int tag) {
		var element = elements.get(tag);
		return element != null && element.length() > 0;
	}

	/** The element with a tag; null if there is none. */
	Element element(int tag) {
		return elements.get(tag);
	}

	/** The items of a sequence; none if there is no such sequence. */
	List<DicomData> items(int tag) {
		var element = elements.get(tag);
		return element == null ? List.of() : element.items();
	}

	/** The bytes of a value; none if there is no such element. */
	byte[] bytes(int tag) throws IOException {
		var element = elements.get(tag);
		if (element == null || element.length() == UNDEFINED) return new byte[0];
		var bytes = new byte[(int) Math.min(element.length(), in.length() - element.start())];
		in.seek(element.start());
		in.readFully(bytes);
		return bytes;
	}

	/** The values of a text element, without spaces around them; none if there is no such element or it is empty. */
	List<String> texts(int tag) throws IOException {
		if (!has(tag)) return List.of();
		return Arrays.stream(new String(bytes(tag),
			StandardCharsets.ISO_8859_1).split("\\\\", -1)).map(s -> s.replace('\0', ' ').strip()).toList();
	}

	/** The first of them; empty if there is none. */
	String text(int tag) throws IOException {
		var texts = texts(tag);
		return texts.isEmpty() ? "" : texts.get(0);
	}

	/**
	 * Decimal numbers, which are written as text.
	 *
	 * @param name for the message
	 * @throws Refusal if one is none
	 */
	double[] decimals(int tag, String name) throws IOException {
		var texts = texts(tag);
		if (texts.stream().allMatch(String::isEmpty)) return new double[0];
		var values = new double[texts.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = decimal(texts.get(i), name);
		return values;
	}

	private static double decimal(String text, String name) throws Refusal {
		try {
			double value = Double.parseDouble(text);
			if (Double.isFinite(value)) return value;
		}
		catch (NumberFormatException e) {
			// Gives the same sentence as for infinity.
		}
		throw Refusal.damaged("its " + name + " is \"" + text + "\", which is no number");
	}

	/** Unsigned numbers of 16 bits. */
	int[] shorts(int tag) throws IOException {
		var bytes = bytes(tag);
		var values = new int[bytes.length / 2];
		int low = order == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
		for (int i = 0; i < values.length; i++)
			values[i] = bytes[2 * i + low] & 0xff | (bytes[2 * i + 1 - low] & 0xff) << 8;
		return values;
	}

	/** The first of them; {@code missing} if there is none. */
	int shortValue(int tag, int missing) throws IOException {
		return has(tag) && element(tag).length() >= 2 ? shorts(tag)[0] : missing;
	}

	ByteOrder order() {
		return order;
	}

	/** Elements of text and numbers, one in each line, as ImageJ writes them. */
	String describe() throws IOException {
		var text = new StringBuilder();
		for (var element : elements.values()) {
			var name = ij.plugin.DICOM.getTagName(String.format("%08X", element.tag()));
			if (name == null || element.length() > SHOWN) continue;
			var value = switch (element.vr()) {
				case "AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT" -> join(element);
				case "US" -> numbers(element);
				// If the file does not say what it is: a short number, or text if it can be read as such.
				case "" -> element.length() == 2 && !isText(element) ? numbers(element) : isText(element) ? join(element) : null;
				default -> null;
			};
			if (value != null) text.append(String.format("%04X,%04X  %s: %s\n", element.tag() >>> 16, element.tag() & 0xffff, name, value));
		}
		return text.toString();
	}

	private String join(Element element) throws IOException {
		return String.join("\\", texts(element.tag()));
	}

	private String numbers(Element element) throws IOException {
		return Arrays.stream(shorts(element.tag())).mapToObj(Integer::toString).collect(Collectors.joining(" "));
	}

	private boolean isText(Element element) throws IOException {
		for (byte b : bytes(element.tag()))
			if (b != 0 && b < ' ') return false;
		return element.length() > 0 && bytes(element.tag())[0] != 0;
	}
}
