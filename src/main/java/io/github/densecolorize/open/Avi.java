package io.github.densecolorize.open;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.stream.ImageInputStream;

/**
 * AVI films. Their first video stream is read, if its frames are not compressed, or if each of them is a JPEG or PNG image. Frames without data,
 * which repeat the one before, are left out, as in ImageJ.
 */
final class Avi implements Format {

	/** Where the data of a frame lie in the file. */
	record Chunk(long start, long length) {}

	/** A film with more frames would be longer than the format's numbers of 32 bits can express. */
	private static final long MOST = 1L << 32;

	@Override
	public boolean recognizes(byte[] head, String name) {
		return head.length >= 12 && new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF") && new String(head, 8, 4,
			StandardCharsets.ISO_8859_1).equals("AVI ");
	}

	@Override
	public ImageSource open(ImageInputStream in, String name) throws IOException {
		in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
		var reading = new Reading(in);
		reading.lists(0, in.length());
		if (reading.header == null) throw Refusal.damaged("it describes no video");
		if (reading.frames.isEmpty()) throw Refusal.damaged("it has " + in.length() + " bytes, and no frame in them");
		return AviSource.of(in, reading.header, List.copyOf(reading.frames));
	}

	/** Goes through all chunks of the file. */
	private static final class Reading {

		private final ImageInputStream in;
		private final List<Chunk> frames = new ArrayList<>();
		private AviHeader header;
		/** Number of the last stream that was found, and of the video stream. */
		private int streams = -1, video = -1;
		private boolean isVideo;

		Reading(ImageInputStream in) {
			this.in = in;
		}

		/** @param end in bytes */
		void lists(long start, long end) throws IOException {
			for (long at = start; at + 8 <= end;) {
				in.seek(at);
				var type = text();
				long length = in.readUnsignedInt(), data = at + 8, next = data + length + (length & 1);
				boolean list = type.equals("RIFF") || type.equals("LIST");
				// A film that was cut off during recording has no length, and a very large one has a wrong length.
				if (list && (length == 0 || length == MOST - 1 || in.length() > MOST)) next = end;
				if (data + length > in.length() && !(list && next == end)) throw Refusal.damaged("it has " + in.length() + " bytes, and its part " +
					type.trim() + " ends at " + (data + length));
				if (list) lists(data + 4, Math.min(next, end));
				else chunk(type, data, length);
				at = next;
			}
		}

		private void chunk(String type, long data, long length) throws IOException {
			if (type.equals("strh")) {
				streams++;
				isVideo = video < 0 && text().equals("vids");
				if (isVideo) video = streams;
			}
			else if (type.equals("strf") && isVideo && header == null) header = AviHeader.read(in, data, length);
			else if (video >= 0 && type.startsWith(String.format("%02d", video))) {
				if (type.endsWith("pc")) throw Refusal.unsupported("changes its palette during the film, which is not read here",
					"convert it to uncompressed RGB, with ffmpeg -c:v rawvideo -pix_fmt bgr24 for one");
				if ((type.endsWith("db") || type.endsWith("dc")) && length > 0) frames.add(new Chunk(data, length));
			}
		}

		private String text() throws IOException {
			var four = new byte[4];
			in.readFully(four);
			return new String(four, StandardCharsets.ISO_8859_1);
		}
	}
}
