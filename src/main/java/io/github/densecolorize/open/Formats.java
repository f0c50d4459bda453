package io.github.densecolorize.open;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import javax.imageio.stream.ImageInputStream;

/** All formats that can be read here. A file is opened by the first format that recognizes it. */
final class Formats {

	private static final List<Format> ALL = List.of(new Dicom(), new Tiff(), new Jpeg(), new Png(), new Gif(), new Bmp(),
		new Avi(), new Pnm(), new Fits(), new Zip());

	private Formats() {}

	/**
	 * Opens an image by what the file begins with.
	 *
	 * @param in file at its beginning; closed by the source that is returned, and left open if there is none
	 * @param name of the file
	 * @return nothing if the file is of no format known here
	 * @throws Refusal if it can't be read
	 */
	static Optional<ImageSource> open(ImageInputStream in, String name) throws IOException {
		if (in.length() == 0) throw Refusal.damaged("it is empty");
		var head = new byte[(int) Math.min(Format.HEAD, in.length())];
		in.readFully(head);
		in.seek(0);
		var format = ALL.stream().filter(f -> f.recognizes(head, name.toLowerCase(Locale.ROOT))).findFirst();
		if (format.isEmpty()) return Optional.empty();
		return Optional.of(format.get().open(in, name));
	}
}
