package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

import ij.ImagePlus;
import ij.ImageStack;

/** Turns what formats read into images of ImageJ. */
final class Opened {

	private Opened() {}

	/**
	 * @param source closed here if all of it is read
	 * @param onDisk whether planes are read when they are needed
	 * @param log takes the sentences of the format
	 */
	static ImagePlus image(ImageSource source, Path file, boolean onDisk, Consumer<String> log) throws IOException {
		var onDiskStack = new SourceStack(source, file.toString());
		if (onDisk) return image(source, onDiskStack, file, log);
		var layout = source.layout();
		var stack = new ImageStack(layout.width(), layout.height());
		for (int plane = 0; plane < layout.planes(); plane++)
			stack.addSlice(onDiskStack.getSliceLabel(plane + 1), onDiskStack.plane(plane));
		source.close();
		return image(source, stack, file, log);
	}

	/** The same, but the pixels are read by regions. */
	static ImagePlus large(ImageSource source, Path file, Consumer<String> log) {
		return image(source, new LargeStack(source, file.toString()), file, log);
	}

	private static ImagePlus image(ImageSource source, ImageStack stack, Path file, Consumer<String> log) {
		var layout = source.layout();
		// Transparency is known only when the pixels have been read.
		var details = source.details();
		details.said().forEach(log);
		var image = new ImagePlus(file.getFileName().toString(), stack);
		image.setDimensions(layout.channels(), layout.slices(), layout.frames());
		image.setOpenAsHyperStack(layout.planes() > Math.max(layout.channels(), Math.max(layout.slices(), layout.frames())) || layout.channels() > 1);
		var calibration = details.calibration().copy();
		if (layout.type() == PixelType.SIGNED16) calibration.setSigned16BitCalibration();
		image.setCalibration(calibration);
		if (layout.planes() == 1 && details.labels().size() == 1) image.setProp("Slice_Label", details.labels().get(0));
		details.properties().forEach(image::setProp);
		if (details.info() != null) image.setProperty("Info", details.info());
		if (details.range() == null) ImageFiles.withoutRange(image);
		return image;
	}
}
