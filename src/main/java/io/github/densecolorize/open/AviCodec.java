package io.github.densecolorize.open;

import java.io.IOException;

/** Decodes the pixels of a film's frame. */
interface AviCodec {

	PixelType type();

	/** Smallest number of bytes that a frame has. */
	long fewest();

	/** @return an array of the type's kind, a new one */
	Object decode(byte[] frame) throws IOException;

	/**
	 * @param first frame, which tells what a header may not
	 * @throws Refusal if this format can't be read here
	 */
	static AviCodec of(AviHeader header, byte[] first) throws IOException {
		var codec = switch (header.codec()) {
			case "MJPG", "JPEG", "PNG ", "MPNG" -> AviImages.of(header, first);
			case "", "Y800", "Y8  ", "GREY", "Y16 ", "MIL " -> AviPixels.of(header, first.length);
			default -> AviChroma.of(header);
		};
		if (codec == null) throw Refusal.unsupported("is a film of " + header.bits() + " bits a pixel" + (header.codec().isEmpty() ? ""
			: " in the format " + header.codec().trim()) + ", which is not read here",
			"convert it to uncompressed AVI, with ffmpeg -i IN.avi -c:v rawvideo -pix_fmt bgr24 OUT.avi for one");
		return codec;
	}
}
