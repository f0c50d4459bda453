package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files that are made in a test. */
final class Bytes {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteOrder order;

	Bytes(ByteOrder order) {
		this.order = order;
	}

	Bytes text(String text) {
		return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	Bytes bytes(byte[] bytes) {
		out.writeBytes(bytes);
		return this;
	}

	Bytes shorts(int... values) {
		for (int value : values)
			bytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
		return this;
	}

	Bytes ints(int... values) {
		for (int value : values)
			bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
		return this;
	}

	byte[] all() {
		return out.toByteArray();
	}

	static byte[] of(int... values) {
		var bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++)
			bytes[i] = (byte) values[i];
		return bytes;
	}

	static ImageSource open(byte[] file, String name) throws IOException {
		return Formats.open(new ArrayInput(file), name).orElseThrow();
	}

	/** All pixels of a plane. */
	static Object plane(ImageSource image, int plane) throws IOException {
		return image.read(plane, new Rectangle(image.layout().width(), image.layout().height()));
	}

	static String refusal(byte[] file, String name) {
		return assertThrows(Refusal.class, () -> open(file, name)).getMessage();
	}
}
