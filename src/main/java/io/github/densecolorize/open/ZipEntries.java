package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

import javax.imageio.stream.ImageInputStream;

/** The files of a ZIP archive, found by the directory at its end, since only that is complete in the archives of all programs. */
final class ZipEntries {

	private static final int END = 0x06054b50, DIRECTORY = 0x02014b50, FILE = 0x04034b50;
	private static final int END_BYTES = 22, COMMENT = 0xffff, FILE_BYTES = 30;
	private static final int ENCRYPTED = 1, UTF8 = 1 << 11, STORED = 0, DEFLATED = 8;
	private static final long UNDEFINED = 0xffffffffL;
	/** Deflate reduces uniform data to no less than a thousandth. */
	private static final long MOST_PACKED = 1100;
	/** The encoding of names in old archives. */
	private static final Charset OLD = Charset.forName("IBM437");

	private ZipEntries() {}

	/**
	 * A file of the archive.
	 *
	 * @param name with its folders
	 * @param start of its own header in bytes
	 * @param packed bytes
	 * @param length of the unpacked file in bytes
	 */
	record Entry(String name, int flags, int method, long crc, long packed, long length, long start) {

		String baseName() {
			return name.substring(name.lastIndexOf('/') + 1);
		}

		boolean isArchive() {
			return name.toLowerCase(Locale.ROOT).endsWith(".zip");
		}

		/** Whether it is a folder, or one of the entries that macOS adds. */
		private boolean isFile() {
			return !name.endsWith("/") && !name.startsWith("__MACOSX/") && !baseName().startsWith(".");
		}

		/** The unpacked file. */
		byte[] bytes(ImageInputStream in) throws IOException {
			if ((flags & ENCRYPTED) != 0) throw Refusal.unsupported("is encrypted (" + name + ")", "unpack it with its password");
			if (method != STORED && method != DEFLATED) throw Refusal.unsupported("is packed by method " + method + " (" + name +
				"), which is not read here", "pack it with deflate, or unpack it");
			if (packed == UNDEFINED || length == UNDEFINED || start == UNDEFINED || length > Integer.MAX_VALUE - 8) throw Refusal.unsupported(
				"holds " + name + " of more than 2 GiB", "unpack it");
			in.seek(start);
			if (in.readInt() != FILE) throw Refusal.damaged("its directory does not lead to " + name);
			in.seek(start + FILE_BYTES - 4);
			long data = start + FILE_BYTES + in.readUnsignedShort() + in.readUnsignedShort();
			if (data + packed > in.length() || length / MOST_PACKED > packed) throw Refusal.damaged("it has " + in.length() +
				" bytes, too few for " + name);
			var bytes = new byte[(int) packed];
			in.seek(data);
			in.readFully(bytes);
			return checked(method == STORED ? bytes : Deflate.unpack(bytes, (int) length, true));
		}

		private byte[] checked(byte[] bytes) throws Refusal {
			var sum = new CRC32();
			sum.update(bytes);
			if (sum.getValue() != crc) throw Refusal.damaged("the checksum of " + name + " in it differs");
			return bytes;
		}
	}

	/** Files in the order of the directory. */
	static List<Entry> of(ImageInputStream in) throws IOException {
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		long end = end(in);
		in.seek(end + 10);
		int n = in.readUnsignedShort();
		in.skipBytes(4);
		in.seek(in.readUnsignedInt());
		var entries = new ArrayList<Entry>();
		for (int i = 0; i < n; i++) {
			if (in.readInt() != DIRECTORY) throw Refusal.damaged("its directory is not where it should be");
			var entry = entry(in);
			if (entry.isFile()) entries.add(entry);
		}
		return entries;
	}

	private static Entry entry(ImageInputStream in) throws IOException {
		in.skipBytes(4);
		int flags = in.readUnsignedShort(), method = in.readUnsignedShort();
		in.skipBytes(4);
		long crc = in.readUnsignedInt(), packed = in.readUnsignedInt(), length = in.readUnsignedInt();
		int nameLength = in.readUnsignedShort(), extra = in.readUnsignedShort(), comment = in.readUnsignedShort();
		in.skipBytes(8);
		long start = in.readUnsignedInt();
		var name = new byte[nameLength];
		in.readFully(name);
		in.skipBytes(extra + comment);
		return new Entry(new String(name, (flags & UTF8) != 0 ? StandardCharsets.UTF_8 : OLD), flags, method, crc, packed, length, start);
	}

	/** Where the last record is; a comment may follow it. */
	private static long end(ImageInputStream in) throws IOException {
		for (long at = in.length() - END_BYTES; at >= Math.max(0, in.length() - END_BYTES - COMMENT); at--) {
			in.seek(at);
			if (in.readInt() == END) return at;
		}
		throw Refusal.damaged("it has " + in.length() + " bytes, and its directory is missing at the end");
	}
}
