package io.github.densecolorize.colorize;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.io.RoiDecoder;

/**
 * Reads the ROI files of ImageJ. The contents of texts and images are not read, since they are no hints; their place in the list stays, so that it is
 * counted as in the ROI Manager. Exceptions have a sentence without its subject, the file.
 */
final class RoiFile {

	/** A spline has a point every two pixels; one that is longer than this many pixels is not made. */
	private static final double LONGEST_SPLINE = 1e6;

	/** Types of ROIs that have no list of points, as files number them; between them is the oval. */
	private static final int RECTANGLE = 1, LINE = 3;

	private RoiFile() {}

	/**
	 * @param name of the file, which the ROI gets if it has none of its own
	 * @return empty for a text or an image
	 * @throws IOException if the file is damaged
	 */
	static Optional<Roi> read(byte[] bytes, String name) throws IOException {
		try {
			return Optional.ofNullable(decode(bytes, name));
		}
		// The decoder checks little, so damaged files may cause almost any exception.
		catch (IOException | RuntimeException e) {
			throw new IOException("is damaged: " + RoiHints.printable(name) + " is no ROI of ImageJ, or not all of one; save it again.", e);
		}
	}

	/**
	 * @param archive as the ROI Manager saves it; other files in it are passed over
	 * @throws IOException if it is damaged, or has no ROI
	 */
	static List<Optional<Roi>> readAll(InputStream archive) throws IOException {
		var rois = new ArrayList<Optional<Roi>>();
		int left = HintFile.MOST_BYTES;
		// This encoding has a letter for each byte; names of ROIs are in UTF-8, which their entries say.
		try (var zip = new ZipInputStream(archive, StandardCharsets.ISO_8859_1)) {
			for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				var bytes = zip.readNBytes(left + 1);
				left -= bytes.length;
				if (left < 0) throw new IOException("has more than " + HintFile.MOST_BYTES + " bytes when unpacked; use fewer or simpler ROIs.");
				if (!entry.getName().toLowerCase(Locale.ROOT).endsWith(".roi")) continue;
				if (rois.size() == RoiHints.MOST) throw new IOException("has more than " + RoiHints.MOST + " ROIs; use fewer.");
				rois.add(read(bytes, entry.getName()));
			}
		}
		catch (ZipException | EOFException e) {
			throw new IOException("is damaged (" + e.getMessage() + "); save the ROIs again.", e);
		}
		if (rois.isEmpty()) throw new IOException("holds no ROI of ImageJ; save ROIs in it with the ROI Manager (More, Save).");
		return rois;
	}

	private static Roi decode(byte[] bytes, String name) throws IOException {
		var header = ByteBuffer.wrap(bytes);
		int subtype = header.getShort(RoiDecoder.SUBTYPE);
		if (subtype == RoiDecoder.TEXT || subtype == RoiDecoder.IMAGE) return null;
		checkCounts(header);
		int options = header.getShort(RoiDecoder.OPTIONS);
		var unfitted = bytes.clone();
		ByteBuffer.wrap(unfitted).putShort(RoiDecoder.OPTIONS, (short) (options & ~RoiDecoder.SPLINE_FIT));
		var roi = new RoiDecoder(unfitted, name).getRoi();
		if (roi == null) throw new IOException("It has no points.");
		if ((options & RoiDecoder.SPLINE_FIT) != 0 && roi instanceof PolygonRoi polygon) {
			if (polygon.getLength() > LONGEST_SPLINE) throw new IOException("It is longer than " + LONGEST_SPLINE + " pixels.");
			polygon.fitSpline();
		}
		return roi;
	}

	/** The decoder makes arrays as large as the file says. */
	private static void checkCounts(ByteBuffer file) throws IOException {
		checkCount(file, RoiDecoder.SHAPE_ROI_SIZE);
		boolean straight = file.get(RoiDecoder.TYPE) >= RECTANGLE && file.get(RoiDecoder.TYPE) <= LINE;
		if (!straight && file.getShort(RoiDecoder.N_COORDINATES) == 0) checkCount(file, RoiDecoder.SIZE);
		int more = file.getInt(RoiDecoder.HEADER2_OFFSET);
		if (more == 0) return;
		checkCount(file, more + RoiDecoder.NAME_LENGTH);
		checkCount(file, more + RoiDecoder.ROI_PROPS_LENGTH);
		if (straight && file.getInt(more + RoiDecoder.COUNTERS_OFFSET) != 0) throw new IOException("It has counters without points.");
	}

	private static void checkCount(ByteBuffer file, int offset) throws IOException {
		if (file.getInt(offset) > file.capacity()) throw new IOException("It says that it has " + file.getInt(offset) + " elements.");
	}
}
