package io.github.densecolorize.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Writes text to a terminal without control characters, which names of files and models may contain. */
final class PlainWriter extends FilterWriter {

	PlainWriter(Writer out) {
		super(out);
	}

	@Override
	public void write(int c) throws IOException {
		out.write(Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r' ? '?' : c);
	}

	@Override
	public void write(char[] text, int offset, int length) throws IOException {
		for (int i = offset; i < offset + length; i++)
			write(text[i]);
	}

	@Override
	public void write(String text, int offset, int length) throws IOException {
		write(text.toCharArray(), offset, length);
	}
}
