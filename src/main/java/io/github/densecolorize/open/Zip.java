package io.github.densecolorize.open;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.imageio.stream.ImageInputStream;

/** ZIP archives, of which the first image is read. */
final class Zip implements Format {

	private static final int NAMED = 5;

	@Override
	public boolean recognizes(byte[] head, String name) {
		// Documents of several programs are also ZIP archives.
		return name.endsWith(".zip") && head.length > 3 && head[0] == 'P' && head[1] == 'K';
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		var entries = ZipEntries.of(in);
		ImageSource image = null;
		var left = new ArrayList<String>();
		for (var entry : entries) {
			var found = image == null && !entry.isArchive() ? Formats.open(new ArrayInput(entry.bytes(in)), entry.baseName()) : Optional
				.<ImageSource> empty();
			if (found.isPresent()) image = found.get();
			else left.add(entry.name());
		}
		if (image == null) throw Refusal.unsupported("is a ZIP file without an image that is read here (" + listed(left) + ")",
			"unpack it, and give the image");
		in.close();
		return left.isEmpty() ? image : new ZipSource(image, "Of the archive, the first image is taken; left out: " + listed(left) + ".");
	}

	private static String listed(List<String> names) {
		if (names.isEmpty()) return "it is empty";
		int more = names.size() - NAMED;
		return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (more > 0 ? " and " + more + " more" : "");
	}
}
