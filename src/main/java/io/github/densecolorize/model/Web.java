package io.github.densecolorize.model;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.util.function.LongConsumer;

/** Addresses on the web, or of files. */
final class Web {

	private static final int MILLIS_TO_CONNECT = 30_000, MILLIS_TO_READ = 60_000;

	private Web() {}

	/** A connection that does not wait for ever; nothing was asked yet. */
	static URLConnection open(URI address) throws IOException {
		var connection = address.toURL().openConnection();
		connection.setConnectTimeout(MILLIS_TO_CONNECT);
		connection.setReadTimeout(MILLIS_TO_READ);
		return connection;
	}

	/** Reports how many bytes were read. */
	static final class Counted extends FilterInputStream {

		private final LongConsumer progress;
		private long count;

		/** @param progress may throw a {@code CancellationException} */
		Counted(InputStream in, LongConsumer progress) {
			super(in);
			this.progress = progress;
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			int n = super.read(buffer, offset, length);
			count += Math.max(0, n);
			progress.accept(count);
			return n;
		}
	}
}
