package io.github.densecolorize.colorize;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import ij.ImagePlus;
import ij.Prefs;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.io.TiffDecoder;
import ij.io.TiffEncoder;

import io.github.densecolorize.files.NewFile;

/**
 * Encodes images as the bytes of a file, the same bytes as ImageJ itself writes. But ImageJ reports errors in a dialog and does not notice when only
 * half of a PNG file was written; here errors are exceptions, and each written file is checked.
 */
final class Encoder {

	private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
	private static final int PNG_END = 0x49454e44;
	private static final int BYTES_AT_ONCE = 1 << 16;

	private Encoder() {}

	/** @param image one plane; what is drawn over it becomes part of the picture */
	static void png(ImagePlus image, NewFile file) throws IOException {
		var shown = image.getOverlay() == null || image.getHideOverlay() ? image : image.flatten();
		file.write(out -> {
			try (var stream = new MemoryCacheImageOutputStream(out)) {
				if (!ImageIO.write(shown.getBufferedImage(), "png", stream)) throw new IOException("Java has no writer for PNG");
			}
		});
		checkPng(file.draft());
	}

	/** Checks that all chunks up to the last one are there, each with its right checksum (PNG specification, section 5). */
	static void checkPng(Path file) throws IOException {
		try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BYTES_AT_ONCE))) {
			if (in.readLong() != PNG_SIGNATURE) throw new IOException("the file does not begin as a PNG does");
			var buffer = new byte[BYTES_AT_ONCE];
			int type = 0;
			while (type != PNG_END) {
				int left = in.readInt();
				type = in.readInt();
				var crc = new CRC32();
				for (int shift = 24; shift >= 0; shift -= 8)
					crc.update(type >> shift);
				while (left > 0) {
					int n = Math.min(left, buffer.length);
					in.readFully(buffer, 0, n);
					crc.update(buffer, 0, n);
					left -= n;
				}
				if (in.readInt() != (int) crc.getValue()) throw new IOException("what the disk holds is not what was written");
			}
		}
		catch (EOFException e) {
			throw new IOException("the file ends too soon", e);
		}
	}

	/**
	 * @param image of any type, with all that ImageJ keeps in its TIFF files
	 * @param expectedError as {@link OutputFile#write(ImagePlus, Supplier)} takes it
	 */
	static void tiff(ImagePlus image, NewFile file, Supplier<String> expectedError) throws IOException {
		var saver = new FileSaver(image);
		var info = image.getFileInfo();
		var stack = image.getStack();
		int slices = image.getStackSize();
		if (slices > 1 && stack.isVirtual()) info.virtualStack = (VirtualStack) stack;
		info.info = image.getInfoProperty();
		var labels = IntStream.rangeClosed(1, slices).mapToObj(stack::getSliceLabel).toArray(String[]::new);
		// As in ImageJ, a stack whose first slice has no label has no labels at all.
		if (labels[0] != null || slices > 1 && !stack.isVirtual()) info.sliceLabels = labels;
		info.description = saver.getDescriptionString();
		info.roi = RoiEncoder.saveAsByteArray(image.getRoi());
		info.overlay = FileSaver.getOverlay(image);
		info.properties = image.getPropertiesAsArray();
		if (slices > 1 && image.isComposite()) saver.saveDisplayRangesAndLuts(image, info);
		var written = new long[1];
		file.write(out -> {
			var counted = new Counted(out);
			encoder(info).write(counted);
			written[0] = counted.count;
		});
		checkTiff(file.draft(), image, written[0]);
		if (expectedError != null) replace(image.getProp(Provenance.EXPECTED_ERROR), expectedError.get(), file.draft());
	}

	/** Replaces the expected error before the pixels, which come last in the file: in the information on the image, and in its properties. */
	private static void replace(String old, String text, Path draft) throws IOException {
		try (var channel = FileChannel.open(draft, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			var head = new byte[(int) decoded(draft)[0].getOffset()];
			Channels.newInputStream(channel).readNBytes(head, 0, head.length);
			// In this encoding each byte is one letter.
			var letters = new String(head, StandardCharsets.ISO_8859_1);
			for (var order : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE))
				for (var before : List.of(Provenance.EXPECTED_ERROR + ": ", Provenance.EXPECTED_ERROR)) {
					int at = letters.indexOf(new String((before + old).getBytes(order), StandardCharsets.ISO_8859_1));
					if (at >= 0) channel.write(ByteBuffer.wrap((before + text).getBytes(order)), at);
				}
		}
	}

	private static FileInfo[] decoded(Path draft) throws IOException {
		return new TiffDecoder(draft.getParent() + File.separator, draft.getFileName().toString()).getTiffInfo();
	}

	/**
	 * In files that have the lower byte first, which ImageJ writes unless told otherwise, ImageJ's reader loses the upper byte of each letter. So if
	 * there are letters other than those of Western Europe, the file is written with the upper byte first.
	 */
	private static synchronized TiffEncoder encoder(FileInfo info) {
		boolean before = Prefs.intelByteOrder;
		try {
			if (hasOtherLetters(info)) Prefs.intelByteOrder = false;
			return new TiffEncoder(info);
		}
		finally {
			Prefs.intelByteOrder = before;
		}
	}

	private static boolean hasOtherLetters(FileInfo info) {
		return Stream.of(Stream.ofNullable(info.info), stream(info.sliceLabels), stream(info.properties)).flatMap(texts -> texts).filter(
			Objects::nonNull).anyMatch(text -> text.chars().anyMatch(c -> c > 0xff));
	}

	private static Stream<String> stream(String[] texts) {
		return texts == null ? Stream.empty() : Arrays.stream(texts);
	}

	/** Checks that the file has as many bytes as were written, and that its header describes the image. */
	private static void checkTiff(Path file, ImagePlus image, long written) throws IOException {
		if (Files.size(file) != written) throw new IOException("the file ends too soon");
		var found = decoded(file);
		long planes = found == null ? 0 : found.length > 1 ? found.length : Math.max(1, found[0].nImages);
		if (planes != image.getStackSize() || found[0].width != image.getWidth() || found[0].height != image.getHeight() || end(found[0],
			found.length > 1 ? 1 : planes) > written) throw new IOException("what the disk holds is not what was written");
	}

	private static long end(FileInfo first, long planes) {
		return first.getOffset() + planes * first.width * first.height * first.getBytesPerPixel();
	}

	/** Counts the bytes. */
	private static final class Counted extends FilterOutputStream {

		private long count;

		Counted(OutputStream out) {
			super(out);
		}

		@Override
		public void write(int b) throws IOException {
			out.write(b);
			count++;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			out.write(bytes, offset, length);
			count += length;
		}
	}
}
