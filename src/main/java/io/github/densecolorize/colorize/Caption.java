package io.github.densecolorize.colorize;

import java.awt.Color;
import java.awt.Font;

import ij.process.ByteProcessor;
import ij.process.ImageProcessor;

/** A text in a picture which says that the colours are predicted, for slides, where nobody sees the properties of an image. */
final class Caption {

	static final String TEXT = "predicted colour";

	/** Height of the letters as a part of the picture's shorter side, and their smallest height that can be read, in pixels. */
	private static final double PART = 1 / 20.0;
	private static final int SMALLEST = 9;

	private final Font font;
	private final int width, height, margin;

	/**
	 * A caption for pictures of a size.
	 *
	 * @throws IllegalArgumentException if they are too small
	 */
	Caption(int pictureWidth, int pictureHeight) {
		int wanted = (int) Math.max(SMALLEST, Math.round(PART * Math.min(pictureWidth, pictureHeight)));
		// A narrow picture has smaller letters.
		int size = Math.max(SMALLEST, Math.min(wanted, wanted * pictureWidth / width(font(wanted), wanted / 2)));
		font = font(size);
		margin = size / 2;
		width = width(font, margin);
		height = size + 2 * margin;
		if (width > pictureWidth || height > pictureHeight) throw new IllegalArgumentException("Caption is true and the picture has " + pictureWidth + " x " +
			pictureHeight + " pixels; must have at least " + width + " x " + height + " for the text to be read, or choose caption false.");
	}

	private static Font font(int size) {
		return new Font(Font.SANS_SERIF, Font.PLAIN, size);
	}

	private static int width(Font font, int margin) {
		var any = new ByteProcessor(1, 1);
		any.setFont(font);
		any.setAntialiasedText(true);
		return any.getStringWidth(TEXT) + 2 * margin;
	}

	/**
	 * Writes the text at the bottom left, white on black, so that it can be read on any picture.
	 *
	 * @param picture RGB; changed
	 */
	void burn(ImageProcessor picture) {
		int top = picture.getHeight() - height;
		picture.setColor(Color.BLACK);
		picture.fillRect(0, top, width, height);
		picture.setColor(Color.WHITE);
		picture.setFont(font);
		picture.setAntialiasedText(true);
		picture.drawString(TEXT, margin, picture.getHeight() - margin / 2);
	}
}
