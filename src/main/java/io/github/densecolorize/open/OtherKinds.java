package io.github.densecolorize.open;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Image files that are recognised by their first bytes, but can't be read here. */
final class OtherKinds {

	private OtherKinds() {}

	/** @param head the file's first bytes */
	static Optional<String> of(byte[] head) {
		var text = new String(head, StandardCharsets.ISO_8859_1);
		if (text.startsWith("jP  ", 4) || text.startsWith("\u00ff\u004f\u00ff\u0051")) return Optional.of("JPEG 2000");
		if (text.startsWith("JXL ", 4) || text.startsWith("\u00ff\n")) return Optional.of("JPEG XL");
		if (text.startsWith("ftyp", 4)) return Optional.of(text.startsWith("avi", 8) ? "AVIF" : text.substring(8).matches("(?s)(hei|hev|mif|msf).*") ? "HEIC"
			: text.startsWith("crx", 8) ? "a raw camera file" : "a film");
		if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return Optional.of("WebP");
		if (text.startsWith("8BPS")) return Optional.of("a Photoshop file");
		if (text.startsWith("gimp xcf")) return Optional.of("a GIMP file");
		if (text.startsWith("v/1\u0001")) return Optional.of("OpenEXR");
		if (text.startsWith("#?RADIANCE") || text.startsWith("#?RGBE")) return Optional.of("Radiance HDR");
		if (text.startsWith("IIRO") || text.startsWith("IIRS") || text.startsWith("MMOR") || text.startsWith("IIU\0") || text.startsWith("FUJIFILM"))
			return Optional.of("a raw camera file");
		if (text.startsWith("n+1", 344) || text.startsWith("ni1", 344) || text.startsWith("\\\u0001\0\0") || text.startsWith("\0\0\u0001\\"))
			return Optional.of("NIfTI");
		if (text.startsWith("ZISRAWFILE")) return Optional.of("a Zeiss CZI file");
		if (text.startsWith("\u00da\u00ce\u00be\n") || text.startsWith("\0\0\0\fjP") || text.startsWith("ND2 FILE SIGN", 16)) return Optional.of("a Nikon ND2 file");
		if (text.startsWith("p\0\0\0") && text.startsWith("*", 8)) return Optional.of("a Leica LIF file");
		if (text.startsWith("\u0089HDF")) return Optional.of("HDF5");
		if (text.startsWith("CDF")) return Optional.of("NetCDF");
		if (text.startsWith("\u00d0\u00cf\u0011\u00e0")) return Optional.of("an Olympus or Zeiss file in a compound document");
		if (text.startsWith("%PDF")) return Optional.of("PDF");
		if (text.startsWith("\u001f\u008b")) return Optional.of("a gzip archive");
		if (text.startsWith("\0\0\u0001\0")) return Optional.of("an icon");
		return Optional.empty();
	}
}
