package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import ij.ImagePlus;
import ij.measure.Calibration;

import io.github.densecolorize.ArgbSink;
import io.github.densecolorize.TileSink;
import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.PixelSize;
import io.github.densecolorize.slides.BandFile;
import io.github.densecolorize.slides.NotWritten;
import io.github.densecolorize.slides.OmeText;
import io.github.densecolorize.slides.Pyramid;
import io.github.densecolorize.slides.Pyramid.Rows;
import io.github.densecolorize.slides.PyramidFile;
import io.github.densecolorize.slides.PyramidTiles;

/**
 * The result of a {@linkplain ImageFiles#isLarge large} image, which is written tile by tile, as a pyramid that viewers of slides open.
 *
 * @param title of the image
 * @param pyramid sizes of each plane
 * @param slices in z
 * @param frames in time
 * @param calibration of the input
 * @param properties how the result was made; asked for when it has been
 * @param painter makes it
 */
record LargeResult(String title, Pyramid pyramid, int slices, int frames, Calibration calibration, Supplier<Map<String, String>> properties,
	Painter painter)
{

	/** Colorizes rows of a plane. */
	@FunctionalInterface
	interface Painter {

		/**
		 * @param i plane of the result, counted from 0
		 * @param sink takes tiles that have pixels of these rows
		 */
		void paint(int i, Rows rows, TileSink sink);
	}

	/**
	 * @param image of any size
	 * @param png whether the file to write is one
	 * @throws IllegalArgumentException with a sentence for the user if it is large, and its result can't be written so
	 */
	static void check(ImagePlus image, ColorizeOptions options, boolean png) {
		if (!ImageFiles.isLarge(image)) return;
		var found = "The image is large (" + image.getWidth() + " x " + image.getHeight() + " pixels)";
		if (png) throw new IllegalArgumentException(found + ", which PNG can't hold; write to a .tif file.");
		if (options.output() != Output.RGB) throw new IllegalArgumentException(found + ", and output is " + options.output() +
			"; large results can only be RGB: choose output RGB, or cut out a part of the image.");
		if (options.honesty().caption()) throw new IllegalArgumentException(found +
			", and caption is true; a caption is for pictures that are seen as a whole: choose caption false.");
	}

	/** How many parts an image can be divided into. */
	static int parts(ImagePlus image, int planes) {
		return planes * Pyramid.of(image.getWidth(), image.getHeight()).bands();
	}

	/** Makes all of it. */
	void write(NewFile file) throws IOException {
		write(file, out -> {
			for (int i = 0; i < planes(); i++)
				painter.paint(i, pyramid.rows(), sink(out.plane(pyramid), pyramid.rows()));
		});
	}

	/**
	 * Makes a file of some of its {@linkplain #parts parts}.
	 *
	 * @param from the first, counted from 0
	 * @param to the one after the last
	 */
	void writeParts(NewFile file, int from, int to) throws IOException {
		int bands = pyramid.bands();
		try (var out = new BandFile(file.draft())) {
			for (int i = from / bands; i * bands < to; i++) {
				var rows = pyramid.rows(Math.max(0, from - i * bands), Math.min(bands, to - i * bands));
				painter.paint(i, rows, sink(out.rows(pyramid, i, rows), rows));
			}
		}
		catch (NotWritten e) {
			throw e.getCause();
		}
	}

	/** Makes all of it from files that {@link #writeParts} made. */
	void assemble(NewFile file, List<Path> parts) throws IOException {
		write(file, out -> BandFile.assemble(parts, pyramid, planes(), out));
	}

	/** Puts the planes into a file. */
	@FunctionalInterface
	private interface Planes {

		void writeTo(PyramidFile file) throws IOException;
	}

	private void write(NewFile file, Planes planes) throws IOException {
		double width = PixelSize.micrometres(calibration.pixelWidth, calibration.getUnit()), height = PixelSize.micrometres(calibration.pixelHeight,
			calibration.getUnit());
		try (var out = new PyramidFile(file.draft(), width, height)) {
			planes.writeTo(out);
			out.finish(OmeText.of(title, pyramid, slices, frames, width, height, properties.get()));
		}
		catch (NotWritten e) {
			throw e.getCause();
		}
		check(file);
	}

	private int planes() {
		return slices * frames;
	}

	/** @param rows of which the tiles are a part */
	private static ArgbSink sink(PyramidTiles to, Rows rows) {
		return (tile, argb) -> to.put((int) tile.min(0), (int) tile.min(1) - rows.top(), (int) tile.dimension(0), (int) tile.dimension(1), argb);
	}

	/** Checks that what is on the disk is the image. */
	private void check(NewFile file) throws IOException {
		var found = ImageFiles.layout(file.draft());
		if (found.width() != pyramid.width() || found.height() != pyramid.height() || found.planes() != planes()) throw new IOException("what the disk holds is not what was written");
	}
}
