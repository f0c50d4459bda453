package io.github.densecolorize.open;

import static io.github.densecolorize.open.TiffTags.*;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import javax.imageio.stream.ImageInputStream;

/**
 * Decides which pages of a TIFF file make up the image, and in what order: besides the image, files may have thumbnails, smaller copies and pages of
 * other kinds.
 */
final class TiffStack {

	/** The size of a pixel in micrometres, as scanners of slides by Aperio (SVS) write it. */
	private static final Pattern APERIO = Pattern.compile("^Aperio .*\\|\\s*MPP = (\\d+\\.?\\d*)", Pattern.DOTALL);

	private final ImageInputStream in;
	private final List<TiffDirectory> directories;
	private final String description;
	private final boolean byImageJ;
	private final List<TiffSource.Plane> pages = new ArrayList<>();

	private TiffStack(ImageInputStream in) throws IOException {
		this.in = in;
		directories = TiffDirectory.all(in);
		var first = directories.get(0);
		description = first.text(DESCRIPTION);
		byImageJ = ImageJText.isIn(description) || first.has(NIH_IMAGE);
		checkForRawCamera();
	}

	static ImageSource open(ImageInputStream in) throws IOException {
		return new TiffStack(in).source();
	}

	private void checkForRawCamera() throws IOException {
		var first = directories.get(0);
		boolean raw = first.has(DNG_VERSION);
		for (var child : first.children(SUB_IFDS)) {
			long photometric = child.number(PHOTOMETRIC, BLACK_IS_ZERO);
			raw |= photometric == FILTERED_RAW || photometric == LINEAR_RAW;
		}
		// Canon's.
		in.seek(8);
		if (raw || in.read() == 'C' && in.read() == 'R') throw TiffPage.rawCamera();
	}

	private ImageSource source() throws IOException {
		var details = chosen(Details.NONE);
		var top = pages.get(0);
		int channels = top.pixels().channels().length;
		var text = ImageJText.of(description);
		var ome = OmeXml.of(description);
		repeat(text);
		var order = order(text, ome, channels);
		var planes = new ArrayList<TiffSource.Plane>();
		for (int page : order.pages())
			for (int c = 0; c < channels; c++)
				planes.add(new TiffSource.Plane(pages.get(page).page(), pages.get(page).pixels(), pages.get(page).shift(), c));
		int slices = order.slices(), frames = order.frames();
		var layout = new Layout(top.page().width, top.page().height, order.channels() * channels, slices, frames, top.pixels().type());
		details = ome != null ? ome.pixelSize(details).withProperties(ome.properties()) : resolution(details, text);
		if (ome != null && ome.images() > 1) details = details.say("The file has " + ome.images() + " images; the first is taken.");
		if (top.pixels().said() != null) details = details.say(top.pixels().said());
		if (text.hasRange()) details = details.withRange(text.number("min", 0), text.number("max", 0));
		details = top.pixels().lut() != null ? details.withLut(top.pixels().lut().lut()) : details.withInverted(top.pixels().inverted());
		return Orientation.of(new TiffSource(in, layout, details, planes, isAsImageJWrites(text, planes)), top.page().directory.number(ORIENTATION, 1));
	}

	/** Chooses the pages of the largest size that are of the same kind as the first of them. */
	private Details chosen(Details details) throws IOException {
		var candidates = new ArrayList<TiffDirectory>();
		for (var directory : directories)
			if (!isAside(directory)) candidates.add(directory);
		for (var child : directories.get(0).children(SUB_IFDS))
			if (!isAside(child)) candidates.add(child);
		if (candidates.isEmpty()) candidates.addAll(directories);
		long largest = 0;
		for (var directory : candidates)
			largest = Math.max(largest, area(directory));
		for (var directory : candidates) {
			if (area(directory) < largest) continue;
			var page = new TiffPage(directory, in.length());
			var pixels = TiffPixels.of(page, byImageJ);
			if (pages.isEmpty() || fits(page, pixels)) pages.add(new TiffSource.Plane(page, pixels, 0, 0));
		}
		int left = directories.size() - pages.size();
		if (left <= 0) return details;
		var top = pages.get(0).page();
		return details.say((left == 1 ? "One page is" : left + " pages are") + " left out, being of another size or type than the " + (pages
			.size() == 1 ? "page" : pages.size() + " pages") + " of " + top.width + " x " + top.height + " pixels that " + (pages.size() == 1 ? "is"
				: "are") + " taken.");
	}

	/** A smaller copy of another page, or a mask. */
	private static boolean isAside(TiffDirectory directory) throws IOException {
		return (directory.number(NEW_SUBFILE_TYPE, 0) & 5) != 0 || directory.number(SUBFILE_TYPE, 1) == 2;
	}

	private static long area(TiffDirectory directory) throws IOException {
		return directory.number(WIDTH, 0) * directory.number(HEIGHT, 0);
	}

	private boolean fits(TiffPage page, TiffPixels pixels) throws IOException {
		var top = pages.get(0);
		return page.width == top.page().width && page.height == top.page().height && pixels.type() == top.pixels().type() && pixels
			.channels().length == top.pixels().channels().length && pixels.inverted() == top.pixels().inverted() && page.directory.number(ORIENTATION,
				1) == top.page().directory.number(ORIENTATION, 1);
	}

	/** ImageJ and MetaMorph may write the pixels of all planes one after the other, with a directory for the first plane only. */
	private void repeat(ImageJText text) throws IOException {
		if (directories.size() > 1) return;
		var top = pages.get(0);
		var page = top.page();
		int metaMorph = page.directory.count(METAMORPH_PLANES), n = metaMorph > 1 ? metaMorph : text.images();
		if (n < 2 || page.compression != NONE || page.tiled || page.planar) return;
		long size = page.height * page.rowBytes(), start = page.offsets[0];
		for (int i = 1; i < page.offsets.length; i++)
			if (page.offsets[i] != page.offsets[i - 1] + page.counts[i - 1]) return;
		if (start + n * size > in.length()) throw Refusal.damaged("it has " + in.length() + " bytes, and its pixels end at " + (start + n * size));
		for (int i = 1; i < n; i++)
			pages.add(new TiffSource.Plane(page, top.pixels(), i * size, 0));
	}

	private Order order(ImageJText text, OmeXml ome, int channels) throws IOException {
		int n = pages.size(), ofPage = pages.get(0).pixels().type() == PixelType.RGB ? pages.get(0).page().samples : channels;
		if (ome != null) return ome.order(n, ofPage);
		if (pages.get(0).page().directory.has(ZEISS_LSM)) return lsm(n);
		if (byImageJ && channels == 1) {
			var order = text.order(n);
			if (order != null) return order;
			if (text.number("channels", 1) > 1) throw Refusal.damaged("its description states " + (int) text.number("channels", 1) + " channels, " +
				(int) text.number("slices", 1) + " slices and " + (int) text.number("frames", 1) + " frames, but it has " + n + " pages");
		}
		return Order.stack(n);
	}

	/** Zeiss' own tag: after two numbers the sizes in x, y, z, of channels and in time. */
	private Order lsm(int pages) throws IOException {
		in.seek(this.pages.get(0).page().directory.offset(ZEISS_LSM) + 16);
		int slices = in.readInt();
		in.readInt();
		int frames = in.readInt();
		return slices > 0 && frames > 0 && (long) slices * frames == pages ? Order.of(1, slices, frames) : Order.stack(pages);
	}

	private Details resolution(Details details, ImageJText text) throws IOException {
		var directory = pages.get(0).page().directory;
		if (directory.has(ZEISS_LSM)) {
			in.seek(directory.offset(ZEISS_LSM) + 40);
			double x = in.readDouble() * 1e6, y = in.readDouble() * 1e6, z = in.readDouble() * 1e6;
			return x > 0 ? details.withPixelSize(x, y, z, "um") : details;
		}
		var scanner = APERIO.matcher(description);
		if (scanner.find()) {
			double size = Double.parseDouble(scanner.group(1));
			return size > 0 ? details.withPixelSize(size, size, 1, "um") : details;
		}
		double[] across = directory.fractions(X_RESOLUTION), down = directory.fractions(Y_RESOLUTION);
		if (across.length == 0 || !(across[0] > 0)) return details;
		double width = 1 / across[0], height = down.length == 0 || !(down[0] > 0) ? width : 1 / down[0];
		long unit = directory.number(RESOLUTION_UNIT, 2);
		var name = !text.unit().isEmpty() ? text.unit() : unit == 3 ? "cm" : unit == 2 ? "inch" : "";
		if (name.isEmpty() || PixelSize.micrometres(width, name) == 0) return details;
		double depth = text.number("spacing", 1);
		if (text.unit().isEmpty()) return details.withPixelSize(PixelSize.micrometres(width, name), PixelSize.micrometres(height, name), 1, "um");
		return details.withPixelSize(width, height, depth, name);
	}

	/** Whether the planes lie one after the other, not packed, and are as many as the description says. */
	private boolean isAsImageJWrites(ImageJText text, List<TiffSource.Plane> planes) throws IOException {
		var page = planes.get(0).page();
		// ImageJ would read missing values one by one, for hours.
		boolean usual = page.directory.isWhole() && description.startsWith("ImageJ=") && page.compression == NONE && !page.tiled && !page.planar && !page.lowestBitFirst &&
			page.photometric <= PALETTE && (page.bits == 8 || page.bits == 16 || page.bits == 32) && (page.format == FLOAT) == (page.bits == 32) &&
			page.format != SIGNED && page.samples == (page.photometric == RGB ? 3 : 1) && page.directory.number(ORIENTATION, 1) == 1;
		if (!usual || text.images() != planes.size() || pages.size() != planes.size() || directories.size() > 1 && directories.size() != planes
			.size()) return false;
		long next = page.offsets[0];
		for (var plane : planes)
			for (int i = 0; i < plane.page().down(); i++) {
				if (plane.page().offsets[i] + plane.shift() != next || plane.page().compression != NONE) return false;
				next += plane.page().counts[i];
			}
		return true;
	}
}
