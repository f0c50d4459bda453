package io.github.densecolorize.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

/**
 * What a command left behind.
 *
 * @param status exit status
 */
record Shell(int status, String out, String err) {

	/** Runs {@code dense-colorize} in this virtual machine. */
	static Shell run(Object... arguments) {
		StringWriter out = new StringWriter(), err = new StringWriter();
		int status = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(Stream.of(arguments).map(
			Object::toString).toArray(String[]::new));
		return new Shell(status, out.toString(), err.toString());
	}

	List<String> errors() {
		return err.lines().toList();
	}

	/** Writes an 8-bit stack of ramps. */
	static Path grayStack(Path file, int width, int height, int slices) {
		file.getParent().toFile().mkdirs();
		var image = IJ.createImage("ramp", "8-bit ramp", width, height, slices);
		if (slices > 1) new FileSaver(image).saveAsTiffStack(file.toString());
		else save(image, file);
		return file;
	}

	/** Writes an RGB image of 24 by 16 pixels, pixel i having the given colour. */
	static Path colour(Path file, IntUnaryOperator rgb) {
		var ip = new ColorProcessor(24, 16);
		for (int i = 0; i < 24 * 16; i++)
			ip.set(i, rgb.applyAsInt(i));
		save(new ImagePlus("colour", ip), file);
		return file;
	}

	/** Writes an RGB image of 64 by 64 pixels, dark and red on the left, light and blue on the right. */
	static Path slide(Path file) {
		var ip = new ColorProcessor(64, 64);
		for (int i = 0; i < 64 * 64; i++)
			ip.set(i, i % 64 < 32 ? 0x900000 : 0x8080ff);
		save(new ImagePlus("slide", ip), file);
		return file;
	}

	/**
	 * Copies a picture that lies on its side.
	 *
	 * @return what stderr is to say of it
	 */
	static String turned(Path to) throws IOException {
		Files.copy(Path.of("src/test/resources/files/exif6.png"), to);
		return to + ": Turned as the file says it is to be shown (orientation 6).";
	}

	private static void save(ImagePlus image, Path file) {
		if (file.toString().endsWith(".png")) new FileSaver(image).saveAsPng(file.toString());
		else new FileSaver(image).saveAsTiff(file.toString());
	}
}
