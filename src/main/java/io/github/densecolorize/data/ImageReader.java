package io.github.densecolorize.data;

import java.io.IOException;
import java.nio.file.Path;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;

/** Opens a colour image. The caller brings it, since which formats there are is the application's matter. */
@FunctionalInterface
public interface ImageReader {

	/** @throws IOException if the file is no image that can be opened */
	RandomAccessibleInterval<ARGBType> read(Path file) throws IOException;
}
