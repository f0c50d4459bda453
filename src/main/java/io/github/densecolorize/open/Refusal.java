package io.github.densecolorize.open;

import java.io.EOFException;
import java.io.IOException;

/** Thrown if a file is not read. The message says why: a sentence without its subject, which is "File F ". */
public final class Refusal extends IOException {

	private static final long serialVersionUID = 1;

	private final boolean foreign;

	private Refusal(String sentence, boolean foreign, Throwable cause) {
		// Text from a damaged file may contain control characters.
		super(sentence.replaceAll("\\p{Cc}", "?"), cause);
		this.foreign = foreign;
	}

	/**
	 * For a file of a known format that is incomplete or contradicts itself.
	 *
	 * @param why as in "it has 100 bytes, and its pixels end at 200"
	 */
	public static Refusal damaged(String why) {
		return damaged(why, null);
	}

	/** @param cause the exception with which the reader ended; null for none */
	public static Refusal damaged(String why, Throwable cause) {
		return new Refusal("is damaged: " + why + "; copy it again.", false, cause);
	}

	/**
	 * For a file that may be correct, but is of a kind that can't be read here. In Fiji, the reader that File &gt; Open has for it is then tried.
	 *
	 * @param what as in "is compressed with Zstandard, which is not read here"
	 * @param wayOut as in "convert it to TIFF without compression"
	 */
	public static Refusal unsupported(String what, String wayOut) {
		return new Refusal(what + "; " + wayOut + ".", true, null);
	}

	/**
	 * For an image that no reader could hand over to ImageJ.
	 *
	 * @param what as in "is 60000 x 60000 pixels, more than ImageJ can hold in a slice"
	 */
	static Refusal tooLarge(String what, String wayOut) {
		return new Refusal(what + "; " + wayOut + ".", false, null);
	}

	/** For a file with printing inks, which no other reader is asked to open, since it would take each ink for a channel, or guess the colours. */
	static Refusal inks() {
		return new Refusal("is in printing inks (CMYK), whose colours depend on the printer; convert it to RGB.", false, null);
	}

	/** Reads from a file. */
	@FunctionalInterface
	interface Reading<T> {

		T run() throws IOException;
	}

	/**
	 * Reads from a file, and reports whatever goes wrong in a sentence.
	 *
	 * @param file its path
	 * @throws IOException with a message that names the file
	 */
	static <T> T naming(String file, Reading<T> reading) throws IOException {
		try {
			return reading.run();
		}
		catch (Refusal e) {
			throw naming(file, e);
		}
		catch (EOFException e) {
			throw naming(file, damaged("it ends too early", e));
		}
		// Readers check little, so damaged files may cause almost any exception.
		catch (RuntimeException e) {
			throw naming(file, damaged("its content is inconsistent", e));
		}
		catch (IOException e) {
			throw new IOException("File " + file + " can't be read (" + e.getMessage() + "); check the disk or the network.", e);
		}
	}

	/** The message with the file that it concerns. */
	static Refusal naming(String file, Refusal e) {
		return new Refusal("File " + file + " " + e.getMessage(), e.foreign, e.getCause());
	}

	/** Whether another program may be able to read the file. */
	boolean isForeign() {
		return foreign;
	}
}
