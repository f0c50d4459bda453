package io.github.densecolorize.slides;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The description of a file in the words of OME (data model 2016-06), since Bio-Formats, and with it QuPath and OMERO, look for the levels of a
 * pyramid in an OME-TIFF only. What else is known about the image stands in it line by line, as {@code key=value}.
 */
public final class OmeText {

	private OmeText() {}

	/**
	 * @param name of the image
	 * @param pyramid sizes of each plane
	 * @param slices in z
	 * @param frames in time
	 * @param pixelWidth in micrometres; 0 if unknown
	 * @param pixelHeight likewise
	 * @param properties what else is known, in this order
	 */
	public static String of(String name, Pyramid pyramid, int slices, int frames, double pixelWidth, double pixelHeight, Map<String, String> properties) {
		var lines = properties.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining("\n"));
		var size = pixelWidth > 0 && pixelHeight > 0 ? String.format(Locale.ROOT, " PhysicalSizeX=\"%s\" PhysicalSizeY=\"%s\"", pixelWidth, pixelHeight)
			: "";
		return String.format(Locale.ROOT, """
			<?xml version="1.0" encoding="UTF-8"?>
			<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06" \
			xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
			xsi:schemaLocation="http://www.openmicroscopy.org/Schemas/OME/2016-06 \
			http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd" Creator="Dense Colorize">\
			<Image ID="Image:0" Name="%s"><Description>%s</Description>\
			<Pixels ID="Pixels:0" DimensionOrder="XYCZT" Type="uint8" SizeX="%d" SizeY="%d" SizeC="3" SizeZ="%d" SizeT="%d"%s Interleaved="true">\
			<Channel ID="Channel:0:0" SamplesPerPixel="3"/><TiffData IFD="0" PlaneCount="%d"/></Pixels></Image></OME>
			""", escaped(name), escaped(lines), pyramid.width(), pyramid.height(), slices, frames, size, slices * frames);
	}

	/** In ASCII, which every reader of TIFF understands. */
	private static String escaped(String text) {
		// What XML can't hold, not even escaped, does not matter.
		return text.codePoints().filter(c -> (c >= ' ' || c == '\n' || c == '\t') && (c < 0xd800 || c > 0xdfff) && c != 0xfffe && c != 0xffff).mapToObj(c -> c == '<' || c == '>' || c == '&' || c == '"' || c > '~'
			? "&#" + c + ";" : Character.toString(c)).collect(Collectors.joining());
	}
}
