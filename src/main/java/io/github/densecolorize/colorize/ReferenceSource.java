package io.github.densecolorize.colorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import net.imglib2.view.Views;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ColorProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Reference;
import io.github.densecolorize.References;
import io.github.densecolorize.files.FolderWalk;
import io.github.densecolorize.files.Sha256;
import io.github.densecolorize.image.Choice;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.open.ColorTable;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.PixelSize;

/**
 * Reads reference images as users choose them: open images by their titles, files, and folders of files. One is read after the other, so that many
 * large ones need no more memory than one.
 */
public final class ReferenceSource {

	/** Slices of a stack, or files of a folder, that are taken at most: more would take time and change little. */
	static final int MOST = 16;
	/** Sides in pixels that a reference has at least. */
	private static final int SMALLEST = 32;
	/** A reference is gray if fewer than one in a thousand of its pixels have this chroma, of which a look at a grid of pixels tells. */
	private static final double CHROMA = 3, COLOURED = 1e-3;
	private static final int GRID = 512;

	private final Consumer<Reference> found;
	private final Consumer<String> log;

	private ReferenceSource(Consumer<Reference> found, Consumer<String> log) {
		this.found = found;
		this.log = log;
	}

	/**
	 * @param text a title, a file or a folder, or several with commas between; a name with a comma only if it is that of a file or folder, alone
	 * @return each of them; empty for an empty text
	 */
	public static List<String> split(String text) {
		var whole = text.trim();
		if (file(whole).filter(Files::exists).isPresent()) return List.of(whole);
		return Arrays.stream(whole.split(",")).map(String::trim).filter(each -> !each.isEmpty()).toList();
	}

	/**
	 * Fits a model to references.
	 *
	 * @param chosen titles of open RGB images, files and folders
	 * @param log told of what is left out
	 * @return null if none was chosen
	 * @throws IOException with a sentence if one can't be read
	 * @throws IllegalArgumentException with a sentence if there is none, or it shows no colours that can be learned
	 */
	public static Head fit(List<String> chosen, ColorModel model, Colorizer.Options options, Consumer<String> log) throws IOException {
		if (chosen.isEmpty()) return null;
		var seen = new ArrayList<References.Seen>();
		read(chosen, reference -> seen.add(References.see(model, options, reference)), log);
		return References.fit(seen);
	}

	/** Reads references as {@link #fit} does; each must not be used any more when the next one is given. */
	public static void read(List<String> chosen, Consumer<Reference> found, Consumer<String> log) throws IOException {
		var source = new ReferenceSource(found, log);
		for (var each : chosen)
			source.read(each);
	}

	private void read(String chosen) throws IOException {
		var open = WindowManager.getImage(chosen);
		if (open != null) {
			addAll(open, "\"" + chosen + "\"", null);
			return;
		}
		var path = path(chosen);
		if (Files.isDirectory(path)) readFolder(path);
		else readFile(path);
	}

	private static Path path(String chosen) {
		return file(chosen).filter(Files::exists).orElseThrow(() -> new IllegalArgumentException("Reference is \"" + chosen + "\"" + Choice.meant(chosen,
			Arrays.asList(WindowManager.getImageTitles())) + "; must be the title of an open RGB image, or the path of a file or folder that is there."));
	}

	/**
	 * Checks that references are there, without reading them.
	 *
	 * @param chosen titles of open images, files and folders
	 * @throws IllegalArgumentException if one is not
	 */
	public static void require(List<String> chosen) {
		for (var each : chosen)
			if (WindowManager.getImage(each) == null) path(each);
	}

	private void readFile(Path file) throws IOException {
		addAll(ImageFiles.open(file, sentence -> log.accept(file + ": " + sentence)), file.toString(), Sha256.of(file));
	}

	private void readFolder(Path folder) throws IOException {
		var walk = FolderWalk.of(folder);
		walk.failed().forEach(left -> log.accept(left.toString()));
		var files = walk.files().stream().filter(ImageFiles::isImage).toList();
		if (files.size() > MOST) log.accept("Folder " + folder + " has " + files.size() + " images; " + MOST +
			" of them, evenly spread, are taken as references.");
		int used = 0;
		for (int i : spread(files.size()))
			try {
				readFile(files.get(i));
				used++;
			}
			catch (IOException | IllegalArgumentException e) {
				log.accept(leftOut(e));
			}
		if (used == 0) throw new IllegalArgumentException("Folder " + folder + " holds no image that can be a reference; give one with colour images.");
	}

	private static String leftOut(Exception e) {
		return e.getMessage() + " It was left out.";
	}

	/** Up to {@link #MOST} of some indices, evenly spread. */
	private static int[] spread(int count) {
		int n = Math.min(MOST, count);
		return IntStream.range(0, n).map(i -> (int) ((2L * i + 1) * count / (2 * n))).toArray();
	}

	/**
	 * @param name for messages
	 * @param sha256 of its file; null if it is an open image, whose slices have hashes of their own
	 */
	private void addAll(ImagePlus image, String name, String sha256) {
		if (Provenance.isIn(image)) throw refusal(name, "has colours that were predicted by this plugin; give an image with real ones.");
		int slices = image.getStackSize();
		if (slices == 1 || image.getNChannels() > 1) {
			found.accept(reference(image, 1, name, sha256));
			return;
		}
		if (slices > MOST) log.accept("Reference " + name + " has " + slices + " slices; " + MOST + " of them, evenly spread, are taken.");
		var refused = new ArrayList<IllegalArgumentException>();
		for (int i : spread(slices))
			try {
				found.accept(reference(image, i + 1, "slice " + (i + 1) + " of " + name, sha256));
			}
			catch (IllegalArgumentException e) {
				refused.add(e);
			}
		if (refused.size() == Math.min(MOST, slices)) throw refused.get(0);
		refused.forEach(e -> log.accept(leftOut(e)));
	}

	/**
	 * Makes a reference of a slice.
	 *
	 * @param slice counted from 1
	 * @param name for messages
	 * @param sha256 of its file; null to take that of its pixels
	 * @throws IllegalArgumentException with a sentence if it shows no colours that can be learned
	 */
	public static Reference reference(ImagePlus image, int slice, String name, String sha256) {
		if (image.getNChannels() > 1) throw refusal(name, "has " + image.getNChannels() +
			" channels; must be RGB or have a palette: use Image > Type > RGB Color.");
		var slices = new ChannelSlices(image, 1, () -> {});
		var rgb = slices.read(slice - 1).colours();
		if (rgb == null) throw refusal(name, "is a gray image of " + image.getBitDepth() +
			" bits; must be RGB or have a palette.");
		int width = image.getWidth(), height = image.getHeight();
		if (Math.min(width, height) < SMALLEST) throw refusal(name, "has " + width + " x " + height + " pixels; must have " + SMALLEST + " x " +
			SMALLEST + " or more.");
		var argb = new int[width * height];
		int n = 0;
		for (var pixel : Views.flatIterable(rgb))
			argb[n++] = pixel.get();
		if (Arrays.stream(argb).allMatch(pixel -> (pixel ^ argb[0]) << 8 == 0)) throw refusal(name,
			"has the same colour everywhere; give an image that shows something.");
		if (isGray(argb, width, height)) throw refusal(name, "is gray, with a chroma below " + (int) CHROMA +
			" almost everywhere; give an image with colours.");
		return new Reference(Lab.lightness(rgb), Lab.a(rgb), Lab.b(rgb), PixelSize.micrometres(image.getCalibration()), sha256 == null ? Sha256.of(
			argb) : sha256);
	}

	/** Whether the slice that an image shows has colours, be they those of its pixels or of its look-up table. */
	public static boolean hasColours(ImagePlus image) {
		var ip = image.getProcessor();
		return ip instanceof ColorProcessor colours ? !isGray((int[]) colours.getPixels(), image.getWidth(), image.getHeight()) : !ColorTable.of(ip.getLut())
			.isGray();
	}

	private static boolean isGray(int[] argb, int width, int height) {
		int columns = Math.min(GRID, width), rows = Math.min(GRID, height), coloured = 0;
		var lab = new float[3];
		for (int j = 0; j < rows; j++)
			for (int i = 0; i < columns; i++) {
				Lab.fromArgb(argb[(int) ((long) j * height / rows) * width + (int) ((long) i * width / columns)], lab);
				if (Math.hypot(lab[1], lab[2]) >= CHROMA) coloured++;
			}
		return coloured < COLOURED * columns * rows;
	}

	private static IllegalArgumentException refusal(String name, String why) {
		return new IllegalArgumentException("Reference " + name + " " + why);
	}

	private static Optional<Path> file(String text) {
		try {
			return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
		}
		catch (InvalidPathException e) {
			return Optional.empty();
		}
	}
}
