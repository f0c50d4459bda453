package io.github.densecolorize.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Text for a terminal without what would steer it: the names of files and models are not ours. */
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
