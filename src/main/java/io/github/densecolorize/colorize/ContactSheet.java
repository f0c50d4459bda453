package io.github.densecolorize.colorize;

import java.awt.Color;
import java.awt.Font;
import java.awt.Rectangle;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.ClassPictures.Picture;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelSpec;
import io.github.densecolorize.model.Torch;

/**
 * A part of an image in the colours of each class of a model, so that a user who knows the colours, but not the name of the class, can choose one by
 * looking. The pictures are labelled, the most likely class comes first and is marked.
 */
public final class ContactSheet {

	/** How the rows of pictures are divided. */
	public enum Pages {
		/** As many to a page as a screen shows. */
		SCREEN,
		/** All on one long page. */
		ONE
	}

	/** Pages are as wide as most screens allow, and at most about as high. */
	private static final int WIDTH = 1240, HEIGHT = 960;
	private static final int GAP = 10, FRAME = 4;
	/** Sizes of text: the heading, names, the rest, and names that are too long for their picture; and the height of a line of each. */
	private static final int LARGE = 17, NAME = 14, SMALL = 13, SMALLEST = 9, LINE = 20;
	private static final int HEAD = 3 * LINE + 2 * GAP, LABEL = 2 * LINE + FRAME;
	/** In more columns, pictures would be too small to judge colours by. */
	private static final int MOST_COLUMNS = 6;
	/** How many more columns than rows there are, if there is room. */
	private static final double BREADTH = 1.5;
	private static final Color PAPER = new Color(0xececec), INK = Color.BLACK, MARK = new Color(0x0050c8), WARNING = new Color(0xb00000);
	/** How many of the most likely classes are told. */
	private static final int TOLD = 5;

	private final String title, model;
	private final ClassPictures made;
	private final boolean known;
	private final int columns, rows, column, row;
	private final ImagePlus image;

	/**
	 * @param options of which category, output and own colours do not matter
	 * @param image as {@link ImageColorizer#colorize} takes it; not changed
	 * @param part of a slice; not empty
	 * @param plane the slice, counted from 0, z before t
	 * @param progress told of tiles; may throw a {@code CancellationException}
	 * @throws IllegalArgumentException with a sentence for the user if there is nothing to colorize, or no such channel
	 */
	public ContactSheet(ColorModel model, ColorizeOptions options, ImagePlus image, Rectangle part, int plane, Pages pages, Progress progress) {
		var spec = model.spec();
		title = image.getTitle();
		this.model = spec.name();
		int count = ClassPictures.WITHOUT_CLASS + spec.choices().size();
		columns = Math.min(MOST_COLUMNS, (int) Math.ceil(Math.sqrt(BREADTH * count)));
		column = (WIDTH - GAP) / columns;
		made = ClassPictures.of(model, options, image, part, plane, column - GAP, progress);
		known = !made.unknown();
		row = made.pictures().get(0).pixels().getHeight() + LABEL + GAP;
		int all = (count + columns - 1) / columns;
		rows = pages == Pages.ONE ? all : Math.min(all, Math.max(1, (HEIGHT - HEAD) / row));
		this.image = new ImagePlus("All classes of " + title, stack((all + rows - 1) / rows));
		new Provenance(spec.name(), spec.sha256(), "all", Provenance.Choice.EACH, 1, "", made.scale(), made.mapping(), model.devices().stream().map(Torch::name)
			.distinct().collect(Collectors.joining("+")), model.engine(), Provenance.Known.NONE, Provenance.Seen.ALL).attachTo(this.image);
	}

	/** The sheet, an RGB image that is not shown, with a slice for each page; it carries how it was made, as any colorized image does. */
	public ImagePlus image() {
		return image;
	}

	/**
	 * The class whose picture or label is at a place.
	 *
	 * @param page counted from 1
	 * @return empty where there is none, likewise on the gray picture and on that of {@code auto}
	 */
	public Optional<String> category(int page, int x, int y) {
		int i = (x - GAP / 2) / column, j = (y - HEAD) / row, index = ((page - 1) * rows + j) * columns + i;
		if (x < GAP / 2 || y < HEAD || i >= columns || j >= rows || index >= made.pictures().size()) return Optional.empty();
		return Optional.of(made.pictures().get(index)).filter(Picture::isClass).map(Picture::name);
	}

	/** The most likely classes and what to do next, for the log. */
	public String sentence() {
		return (known ? "" : warning() + " ") + "Classes of model " + model + ", the most likely first: " + made.pictures().stream().filter(Picture::isClass)
			.limit(TOLD).map(picture -> picture.name() + " " + probability(picture.probability())).collect(Collectors.joining(", ")) +
			". To choose one, set category to its name.";
	}

	private String warning() {
		return "The image resembles none of the classes (probability of " + ModelSpec.UNKNOWN + " " + probability(made.guidance().probability()) +
			"), so the colours mean nothing unless you know better.";
	}

	private static String probability(double p) {
		return p < 0.0005 ? "< 0.001" : p >= 0.9995 ? "> 0.999" : String.format(Locale.ROOT, "%.3f", p);
	}

	private ImageStack stack(int pages) {
		var stack = new ImageStack(GAP + columns * column, HEAD + rows * row);
		var best = made.pictures().get(ClassPictures.WITHOUT_CLASS);
		var label = known ? "most likely: category=" + best.name() + " (" + probability(best.probability()) + ")" : "resembles none of the classes";
		for (int page = 1; page <= pages; page++)
			stack.addSlice((pages > 1 ? "page " + page + " of " + pages + ", " : "") + label, page(page, pages, stack.getWidth(), stack.getHeight()));
		return stack;
	}

	private ColorProcessor page(int page, int pages, int width, int height) {
		var paper = new ColorProcessor(width, height);
		paper.setColor(PAPER);
		paper.fill();
		paper.setAntialiasedText(true);
		int y = GAP / 2;
		write(paper, title + " in each class of model " + model + (pages > 1 ? ", page " + page + " of " + pages : ""), Font.BOLD, LARGE, INK, GAP, y, width -
			2 * GAP);
		if (known) write(paper, "To choose a class, set category to its name (category=" + made.pictures().get(ClassPictures.WITHOUT_CLASS).name() +
			"); in ImageJ, a click on a picture copies the name.", Font.PLAIN, NAME, INK, GAP, y + LINE, width - 2 * GAP);
		else write(paper, warning(), Font.BOLD, NAME, WARNING, GAP, y + LINE, width - 2 * GAP);
		write(paper, Provenance.STATEMENT, Font.PLAIN, NAME, INK, GAP, y + 2 * LINE, width - 2 * GAP);
		var shown = made.pictures().subList((page - 1) * rows * columns, Math.min(made.pictures().size(), page * rows * columns));
		for (int i = 0; i < shown.size(); i++)
			draw(paper, shown.get(i), GAP + i % columns * column, HEAD + i / columns * row);
		return paper;
	}

	private void draw(ColorProcessor paper, Picture picture, int x, int y) {
		int width = picture.pixels().getWidth(), height = picture.pixels().getHeight(), room = column - GAP;
		boolean best = known && picture == made.pictures().get(ClassPictures.WITHOUT_CLASS);
		if (best) {
			paper.setColor(MARK);
			paper.fillRect(x - FRAME, y - FRAME, width + 2 * FRAME, height + 2 * FRAME);
		}
		paper.insert(picture.pixels(), x, y);
		write(paper, picture.name(), Font.BOLD, NAME, best ? MARK : INK, x, y + height + FRAME, room);
		write(paper, note(picture) + (best ? ", most likely" : ""), Font.PLAIN, SMALL, best ? MARK : INK, x, y + height + FRAME + LINE - 2, room);
	}

	private String note(Picture picture) {
		if (picture.isClass()) return "probability " + probability(picture.probability());
		return picture.name().equals(Colorizer.Options.AUTO) ? "finds " + made.guidance().category() : "as it is";
	}

	/** Writes a line, smaller if there is little room, and cut off if even that does not suffice. */
	private static void write(ColorProcessor paper, String text, int style, int size, Color colour, int x, int y, int room) {
		var line = text;
		int fitting = size;
		paper.setFont(new Font(Font.SANS_SERIF, style, size));
		while (fitting > SMALLEST && paper.getStringWidth(line) > room)
			paper.setFont(new Font(Font.SANS_SERIF, style, --fitting));
		for (int length = text.length(); paper.getStringWidth(line) > room && length > 0;)
			line = text.substring(0, --length) + "...";
		paper.setColor(colour);
		paper.drawString(line, x, y + LINE);
	}
}
