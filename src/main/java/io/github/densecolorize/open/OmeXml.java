package io.github.densecolorize.open;

import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the description of an OME-TIFF says about its first image (OME data model 2016-06, and earlier ones). */
final class OmeXml {

	/** How the lines of a description begin that this plugin wrote. */
	private static final String OURS = "colorize.";

	private final Element pixels;
	private final int images;
	private final String about;

	private OmeXml(String description) throws IOException {
		try {
			var factory = DocumentBuilderFactory.newInstance();
			// Nothing to which a file refers is downloaded.
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
			var builder = factory.newDocumentBuilder();
			builder.setErrorHandler(null);
			var root = builder.parse(new InputSource(new StringReader(description))).getDocumentElement();
			pixels = first(root, "Pixels");
			images = all(root, "Pixels").size();
			var text = first(root, "Description");
			about = text == null ? "" : text.getTextContent();
		}
		catch (SAXException e) {
			throw Refusal.damaged("its OME-XML can't be read", e);
		}
		catch (ParserConfigurationException e) {
			throw new IllegalStateException("every Java can read XML without a document type", e);
		}
		if (pixels == null) throw Refusal.damaged("its OME-XML describes no image");
	}

	static boolean isIn(String description) {
		var begin = description.substring(0, Math.min(1000, description.length()));
		return description.startsWith("<") && (begin.contains("<OME ") || begin.contains("<OME>") || begin.contains(":OME "));
	}

	/** @return null if the description is of another kind */
	static OmeXml of(String description) throws IOException {
		return isIn(description) ? new OmeXml(description) : null;
	}

	/** How many images there are; all other methods concern the first. */
	int images() {
		return images;
	}

	/** How this plugin made the image; empty if it did not. */
	Map<String, String> properties() {
		return about.lines().filter(line -> line.startsWith(OURS) && line.contains("=")).collect(Collectors.toMap(line -> line.substring(0, line
			.indexOf('=')), line -> line.substring(line.indexOf('=') + 1), (first, second) -> first));
	}

	/**
	 * Which page is which plane.
	 *
	 * @param pages that the file has
	 * @param channelsOfPage how many of the SizeC channels a page holds: 3 for RGB
	 * @throws Refusal if planes are in other files
	 */
	Order order(int pages, int channelsOfPage) throws IOException {
		int channels = Math.max(1, number("SizeC") / channelsOfPage), slices = number("SizeZ"), frames = number("SizeT");
		long planes = (long) channels * slices * frames;
		if (planes > Integer.MAX_VALUE || planes > 100L * pages && planes > 1000) throw elsewhere(planes, pages);
		var found = new int[(int) planes];
		Arrays.fill(found, -1);
		var order = pixels.getAttribute("DimensionOrder").toUpperCase(Locale.ROOT);
		int next = 0;
		for (var data : all(pixels, "TiffData")) {
			int page = number(data, "IFD", next), count = number(data, "PlaneCount", data.hasAttribute("IFD") ? 1 : (int) planes);
			int[] first = { number(data, "FirstC", 0) / channelsOfPage, number(data, "FirstZ", 0), number(data, "FirstT", 0) };
			int begin = index(order, first, channels, slices, frames);
			for (int i = 0; i < count && begin + i < planes; i++, page++)
				found[place(order, begin + i, channels, slices, frames)] = page;
			next = page;
		}
		if (all(pixels, "TiffData").isEmpty()) for (int i = 0; i < planes; i++)
			found[place(order, i, channels, slices, frames)] = i;
		if (IntStream.of(found).anyMatch(page -> page < 0 || page >= pages) || IntStream.of(found).distinct().count() < planes) throw elsewhere(planes,
			pages);
		return new Order(channels, slices, frames, found);
	}

	private static Refusal elsewhere(long planes, int pages) {
		return Refusal.unsupported("is one of several files of an OME-TIFF (the image has " + planes + " planes, the file " + pages + " pages)",
			"save the whole image as one file");
	}

	/** Position of the plane c, z, t in the file's order. */
	private static int index(String order, int[] czt, int channels, int slices, int frames) {
		int index = 0, step = 1;
		for (char axis : axes(order)) {
			index += step * czt["CZT".indexOf(axis)];
			step *= axis == 'C' ? channels : axis == 'Z' ? slices : frames;
		}
		return index;
	}

	/** Position in ImageJ's order of the plane at a position in the file's order. */
	private static int place(String order, int index, int channels, int slices, int frames) {
		int[] czt = new int[3];
		for (char axis : axes(order)) {
			int size = axis == 'C' ? channels : axis == 'Z' ? slices : frames;
			czt["CZT".indexOf(axis)] = index % size;
			index /= size;
		}
		return czt[0] + channels * (czt[1] + slices * czt[2]);
	}

	/** The dimensions, from the one that changes fastest to the slowest. */
	private static char[] axes(String order) {
		return (order.matches("XY(CZT|CTZ|ZCT|ZTC|TCZ|TZC)") ? order.substring(2) : "CZT").toCharArray();
	}

	private int number(String attribute) {
		return Math.max(1, number(pixels, attribute, 1));
	}

	private static int number(Element element, String attribute, int otherwise) {
		try {
			return Integer.parseInt(element.getAttribute(attribute).trim());
		}
		catch (NumberFormatException e) {
			return otherwise;
		}
	}

	/** Adds the size of a pixel, if it is stated. */
	Details pixelSize(Details details) {
		double x = size("PhysicalSizeX"), y = size("PhysicalSizeY"), z = size("PhysicalSizeZ");
		return x > 0 ? details.withPixelSize(x, y > 0 ? y : x, z > 0 ? z : 1, "um") : details;
	}

	/** A length in micrometres; 0 if it is not stated, or its unit is not one of length. */
	private double size(String attribute) {
		var unit = pixels.hasAttribute(attribute + "Unit") ? pixels.getAttribute(attribute + "Unit") : "\u00b5m";
		try {
			return PixelSize.micrometres(Double.parseDouble(pixels.getAttribute(attribute)), unit);
		}
		catch (NumberFormatException e) {
			return 0;
		}
	}

	private static Element first(Element root, String name) {
		var all = all(root, name);
		return all.isEmpty() ? null : all.get(0);
	}

	/** Elements with a name, whatever prefix their name space has. */
	private static List<Element> all(Element root, String name) {
		var nodes = root.getElementsByTagName("*");
		return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).filter(e -> e.getTagName().equals(name) || e
			.getTagName().endsWith(":" + name)).toList();
	}
}
