package io.github.densecolorize.open;

/** The type of a pixel after it was read: one of ImageJ's types. */
public enum PixelType {
	/** {@code byte[]}, 0..255; values of fewer bits are stretched to this, so that 255 is white. */
	GRAY8(8),
	/** {@code short[]}, 0..65535; values of 9 to 15 bits are kept as they are. */
	GRAY16(16),
	/** {@code short[]}, -32768..32767, stored as in ImageJ: 32768 is added, which gives an unsigned number. */
	SIGNED16(16),
	/** {@code float[]}, any values: also of integers of more than 16 bits, of float64 and of rescaled ones. */
	GRAY32(32),
	/** {@code int[]}, 0xffRRGGBB in sRGB; palettes are looked up and transparency is put on white. */
	RGB(24);

	/** How 0 is stored if there are values below it. */
	static final int ZERO = 1 << 15;

	private final int bits;

	PixelType(int bits) {
		this.bits = bits;
	}

	/** A new array for pixels. */
	Object array(int length) {
		return switch (this) {
			case GRAY8 -> new byte[length];
			case GRAY16, SIGNED16 -> new short[length];
			case GRAY32 -> new float[length];
			case RGB -> new int[length];
		};
	}

	/**
	 * Stores a gray value.
	 *
	 * @param pixels an array of this type
	 * @param value within its range; decimals are cut off unless the type can hold them
	 */
	void put(Object pixels, int i, double value) {
		switch (this) {
			case GRAY8 -> ((byte[]) pixels)[i] = (byte) value;
			case GRAY16 -> ((short[]) pixels)[i] = (short) (int) value;
			case SIGNED16 -> ((short[]) pixels)[i] = (short) (int) (value + ZERO);
			case GRAY32 -> ((float[]) pixels)[i] = (float) value;
			case RGB -> throw new IllegalStateException("a colour is no gray value");
		}
	}

	/** How many bytes a pixel has in memory. */
	int bytes() {
		return this == RGB ? Integer.BYTES : bits / Byte.SIZE;
	}

	/** As ImageJ counts them: 8, 16, 24 or 32. */
	public int bits() {
		return bits;
	}
}
