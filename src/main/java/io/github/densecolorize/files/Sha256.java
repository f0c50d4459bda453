package io.github.densecolorize.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash SHA-256, in lower-case hexadecimal digits. */
public final class Sha256 {

	/** Pixels whose bytes are held in memory at a time. */
	private static final int BLOCK = 1 << 16;

	private Sha256() {}

	/** @throws IOException if the file can't be read */
	public static String of(Path file) throws IOException {
		var digest = digest();
		try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
			Files.copy(file, out);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/** The hash of bytes. */
	public static String of(byte[] bytes) {
		return HexFormat.of().formatHex(digest().digest(bytes));
	}

	/** The hash of numbers of four bytes, the highest byte first. */
	public static String of(int[] values) {
		var digest = digest();
		var bytes = ByteBuffer.allocate(Integer.BYTES * BLOCK);
		for (int from = 0; from < values.length; from += BLOCK) {
			int count = Math.min(BLOCK, values.length - from);
			bytes.clear().asIntBuffer().put(values, from, count);
			digest.update(bytes.limit(Integer.BYTES * count));
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}
}
