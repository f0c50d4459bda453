package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.RoiDecoder;
import ij.plugin.FileInfoVirtualStack;

/** A TIFF file exactly as ImageJ wrote it. It is opened by ImageJ's own reader, which knows everything that ImageJ stores in it. */
final class ImageJFile {

	private ImageJFile() {}

	/** @param onDisk whether slices are read when they are needed */
	static ImagePlus open(Path file, boolean onDisk) throws IOException {
		// ImageJ looks for a relative path in the folder from which it opened a file last.
		var path = file.toAbsolutePath().toString();
		var opener = new Opener();
		opener.setSilentMode(true);
		ImagePlus image;
		try (var quiet = new QuietErrors()) {
			image = Refusal.naming(file.toString(), () -> onDisk ? FileInfoVirtualStack.openVirtual(path) : opener.openImage(path));
		}
		if (image == null) throw Refusal.naming(file.toString(), Refusal.damaged("ImageJ can't open what it wrote"));
		var written = image.getOriginalFileInfo();
		if (onDisk && written != null) complete(image, written);
		boolean ranged = written != null && (written.displayRanges != null || ImageJText.of(written.description).hasRange());
		if (!ranged) ImageFiles.withoutRange(image);
		return image;
	}

	/**
	 * The same for a stack of which bytes arrive when they are needed: at first all but the slices, then each slice when it is looked at.
	 *
	 * @param place of the slices
	 */
	static ImagePlus openArriving(ImageFile file, TiffSource.Place place, int slices) throws IOException {
		var arrival = file.arrival();
		// ImageJ looks at the first slice at once.
		arrival.await(0, place.of(1));
		long end = place.of(slices);
		arrival.await(end, Files.size(file.path()) - end);
		var image = open(file.path(), true);
		image.setStack(new ArrivingStack(image.getStack(), arrival, place));
		return image;
	}

	/** Adds what ImageJ loses if it leaves the slices on the disk: properties, selection and overlay. */
	private static void complete(ImagePlus image, FileInfo written) {
		if (written.properties != null) image.setProperties(written.properties);
		if (written.roi != null) image.setRoi(RoiDecoder.openFromByteArray(written.roi));
		if (written.overlay == null) return;
		var overlay = new Overlay();
		for (var roi : written.overlay)
			overlay.add(RoiDecoder.openFromByteArray(roi));
		image.setOverlay(overlay);
	}
}
