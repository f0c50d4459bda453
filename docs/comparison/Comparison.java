import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains the networks of several papers alike, measures them on images that none has seen, and writes a page about it. Run by
 * {@code docs/comparison/run}, which says how. What is done is kept in the output folder: a stopped comparison goes on where it was, and one that is
 * complete only writes its page anew.
 */
public final class Comparison {

	private static final String USAGE = """
		usage: docs/comparison/run TRAIN TEST OUT [options]
		  TRAIN, TEST      folders with a subfolder of colour images for each class; OUT: folder for models and results
		  --page FOLDER    where README.md, figures and tables go (OUT/page)
		  --presets A,B    networks to compare (compact,residual,unet,eccv16,iizuka); all others are tested against the first
		  --seeds N        trainings of each of the first two, with the seeds 1 to N (3); the others are trained once
		  --epochs N       length of a training (8): how often the training images are seen
		  --rates A,B      learning rates to choose from (0.001,0.002,0.004)
		  --probe N        epochs of the trainings that they are chosen by, on validation images (2)
		  --batch N        crops a step (16)
		  --size N         side of the images in the data set (64), and how they come in:
		  --fit WAY        tiles (small images that lie side by side in each file), crop or resize (tiles)
		  --scale S        reduction before the network (0.5)
		  --hints A,B      numbers of hints that the hint-taking network is measured with, beside the first (0,1,2,5,10,20,50,100); none for no such part
		  --device D       what computes (auto)""";

	/** Options that must be the same for all trainings. */
	private static final List<String> ALIKE = List.of("epochs", "rates", "probe", "batch", "size", "fit", "scale");

	/** A training of the comparison itself, not one that a learning rate was chosen by. */
	private record Run(String preset, int seed, double rate) {

		String name() {
			return preset + "-" + seed;
		}
	}

	/** Rows of a CSV file, by the names of its columns. */
	private record Table(List<String> columns, List<Map<String, String>> rows) {

		static Table read(Path file) throws IOException {
			var lines = Files.readAllLines(file).stream().map(Table::cells).toList();
			var rows = lines.stream().skip(1).map(cells -> {
				var row = new LinkedHashMap<String, String>();
				for (int i = 0; i < cells.size(); i++)
					row.put(lines.get(0).get(i), cells.get(i));
				return (Map<String, String>) row;
			}).toList();
			return new Table(lines.get(0), rows);
		}

		private static List<String> cells(String line) {
			return Arrays.stream(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).map(cell -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1)
				.replace("\"\"", "\"") : cell).toList();
		}

		Table where(String column, String value) {
			return new Table(columns, rows.stream().filter(row -> row.get(column).equals(value)).toList());
		}

		/** Mean of the cells that are not empty; NaN if all are. */
		double mean(String column) {
			return numbers(column).average().orElse(Double.NaN);
		}

		DoubleStream numbers(String column) {
			return rows.stream().map(row -> row.get(column)).filter(Predicate.not(String::isEmpty)).mapToDouble(Double::parseDouble);
		}

		Map<String, String> last() {
			return rows.get(rows.size() - 1);
		}
	}

	private final List<String> program;
	private final Path train, test, out, page;
	private final Map<String, String> options = new LinkedHashMap<>();
	private final List<String> presets;
	private final int seeds;

	private Comparison(List<String> program, String[] arguments) {
		this.program = program;
		options.putAll(Map.of("presets", "compact,residual,unet,eccv16,iizuka", "seeds", "3", "epochs", "8", "rates", "0.001,0.002,0.004", "probe", "2",
			"batch", "16", "size", "64", "fit", "tiles", "scale", "0.5"));
		options.putAll(Map.of("hints", "0,1,2,5,10,20,50,100", "device", "auto"));
		var folders = new ArrayList<Path>();
		options.put("page", "");
		for (int i = 0; i < arguments.length; i++) {
			if (!arguments[i].startsWith("--")) folders.add(Path.of(arguments[i]));
			else if (options.containsKey(arguments[i].substring(2)) && i + 1 < arguments.length) options.put(arguments[i].substring(2), arguments[++i]);
			else throw new IllegalArgumentException(arguments[i] + " is no option, or has no value.\n" + USAGE);
		}
		if (folders.size() != 3) throw new IllegalArgumentException(USAGE);
		train = folders.get(0);
		test = folders.get(1);
		out = folders.get(2);
		page = options.get("page").isEmpty() ? out.resolve("page") : Path.of(options.get("page"));
		presets = List.of(options.get("presets").split(","));
		seeds = Integer.parseInt(options.get("seeds"));
		if (presets.size() < 2) throw new IllegalArgumentException("--presets names " + presets.size() + " network; give at least two to compare.");
	}

	/** @param arguments the program to call, its arguments up to {@code --}, and those of {@link #USAGE} */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		try {
			compare(arguments);
		}
		catch (IllegalArgumentException | IllegalStateException e) {
			System.err.println(e.getMessage());
			System.exit(e instanceof IllegalStateException ? 1 : 2);
		}
	}

	/**
	 * @throws IllegalArgumentException if the arguments can't be understood
	 * @throws IllegalStateException if the program failed, or the output folder has trainings of another kind
	 */
	public static void compare(String[] arguments) throws IOException, InterruptedException {
		var all = List.of(arguments);
		int end = all.indexOf("--");
		new Comparison(all.subList(0, end), all.subList(end + 1, all.size()).toArray(String[]::new)).run();
	}

	private void run() throws IOException, InterruptedException {
		Files.createDirectories(out);
		Files.createDirectories(page);
		checkBegun();
		// If it is beyond 1 GiB, it goes to files of other names.
		Path data = out.resolve("data.h5"), made = out.resolve("data.done");
		if (!Files.exists(made)) {
			call("dataset", train, "-o", data, "--size", options.get("size"), "--fit", options.get("fit"), "--overwrite");
			Files.createFile(made);
		}
		var runs = new ArrayList<Run>();
		for (var preset : presets) {
			double rate = rate(data, preset);
			for (int seed = 1; seed <= (presets.indexOf(preset) < 2 ? seeds : 1); seed++)
				runs.add(new Run(preset, seed, rate));
		}
		for (var run : runs) {
			train(data, run.preset, run.seed, run.rate, options.get("epochs"), model(run));
			writeRuns(runs);
		}
		measure(runs);
		writePage(runs);
		System.out.println("Page " + page.resolve("README.md") + " is written.");
	}

	/** All trainings of an output folder are alike, however often they were stopped. */
	private void checkBegun() throws IOException {
		var file = out.resolve("options.txt");
		var now = ALIKE.stream().map(name -> "--" + name + " " + options.get(name)).collect(Collectors.joining(" "));
		if (!Files.exists(file)) write(file, now);
		var begun = Files.readString(file);
		if (!begun.equals(now)) throw new IllegalStateException("Folder " + out + " was begun with " + begun + ", this is " + now +
			"; repeat those options, or give another folder.");
	}

	private Path model(Run run) {
		return out.resolve("models").resolve(run.name());
	}

	/** The rate whose model has the lowest loss on the validation images. */
	private double rate(Path data, String preset) throws IOException, InterruptedException {
		var rates = options.get("rates").split(",");
		if (rates.length == 1) return Double.parseDouble(rates[0]);
		var losses = new LinkedHashMap<Double, Double>();
		for (var rate : rates) {
			var model = out.resolve("probes").resolve(preset + "-" + rate.replace('.', '_'));
			train(data, preset, 1, Double.parseDouble(rate), options.get("probe"), model);
			losses.put(Double.parseDouble(rate), history(model).numbers("validation_colour_loss").min().orElseThrow());
		}
		return losses.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
	}

	/** Whether {@code train} has made a model and its checkpoint is gone. */
	private static boolean isTrained(Path model) {
		return Files.exists(model.resolve("model.json")) && !Files.exists(model.resolveSibling(model.getFileName() + ".checkpoint.npz"));
	}

	private void train(Path data, String preset, int seed, double rate, String epochs, Path model) throws IOException, InterruptedException {
		Files.createDirectories(model.getParent());
		if (!isTrained(model)) call("train", data, "-o", model, "--preset", preset, "--seed", seed, "--learning-rate", rate, "--epochs", epochs, "--batch",
			options.get("batch"), "--scale", options.get("scale"), "--augmentation", "mirror", "--device", options.get("device"), "--resume");
	}

	private static Table history(Path model) throws IOException {
		return Table.read(model.resolve("training.csv"));
	}

	private void writeRuns(List<Run> runs) throws IOException {
		var rows = new ArrayList<>(List.of("run,preset,seed,learning_rate,epochs,steps,seconds,validation_colour_loss,ab_rmse,class_accuracy"));
		for (var run : runs) {
			if (!isTrained(model(run))) continue;
			var history = history(model(run));
			var best = history.rows.stream().min(Comparator.comparingDouble(row -> Double.parseDouble(row.get("validation_colour_loss")))).orElseThrow();
			rows.add(String.join(",", run.name(), run.preset, String.valueOf(run.seed), String.valueOf(run.rate), options.get("epochs"), history.last().get(
				"step"), String.format(Locale.ROOT, "%.0f", 60 * Double.parseDouble(history.last().get("minutes"))), best.get("validation_colour_loss"), best.get(
					"ab_rmse"), best.get("class_accuracy")));
		}
		write(page.resolve("runs.csv"), String.join("\n", rows) + "\n");
	}

	private static void write(Path file, String text) throws IOException {
		var draft = file.resolveSibling(file.getFileName() + ".part");
		Files.writeString(draft, text);
		Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
	}

	private List<Run> firsts(List<Run> runs) {
		return runs.stream().filter(run -> run.seed == 1).toList();
	}

	private void measure(List<Run> runs) throws IOException, InterruptedException {
		var firsts = firsts(runs);
		compare(firsts, measured(1), "--tables", train, "--plot", page.resolve("Info_loss.png"));
		for (int seed = 2; seed <= seeds; seed++) {
			int number = seed;
			compare(runs.stream().filter(run -> run.seed == number).toList(), measured(seed));
		}
		for (var run : firsts) {
			var file = out.resolve("benchmark-" + run.preset + ".csv");
			if (!isNewer(file, List.of(run))) call("benchmark", "--model", model(run), "--sizes", "512", "--slices", "1", "--device", options.get("device"), "--csv",
				file);
		}
		for (var run : hinted(firsts))
			for (var number : hints()) {
				var file = hintFile(run, number);
				if (!isNewer(file, List.of(run))) call("evaluate", model(run), test, "--hints", number, "--device", options.get("device"), "--csv", file);
			}
	}

	/** The first network, and those that are told hints; none if there is no such network. */
	private List<Run> hinted(List<Run> firsts) {
		var takes = firsts.stream().filter(run -> run.preset.startsWith("unet")).toList();
		return takes.isEmpty() ? List.of() : Stream.concat(firsts.stream().limit(1), takes.stream()).distinct().toList();
	}

	private List<String> hints() {
		return options.get("hints").equals("none") ? List.of() : List.of(options.get("hints").split(","));
	}

	private Path hintFile(Run run, String number) {
		return out.resolve("hints-" + run.preset + "-" + number + ".csv");
	}

	private void compare(List<Run> runs, String name, Object... more) throws IOException, InterruptedException {
		Path csv = page.resolve(name + ".csv"), tests = page.resolve(name + "-tests.csv");
		if (isNewer(tests, runs)) return;
		var line = new ArrayList<Object>(List.of("compare", test));
		runs.forEach(run -> line.add(model(run)));
		line.addAll(List.of(more));
		line.addAll(List.of("--csv", csv, "--tests", tests, "--device", options.get("device"), "--overwrite"));
		call(line.toArray());
	}

	/** Whether a result is there and newer than all models that it is of. */
	private boolean isNewer(Path result, List<Run> runs) throws IOException {
		if (!Files.exists(result)) return false;
		for (var run : runs)
			if (Files.getLastModifiedTime(model(run).resolve("model.json")).compareTo(Files.getLastModifiedTime(result)) > 0) return false;
		return true;
	}

	private void call(Object... arguments) throws IOException, InterruptedException {
		var line = new ArrayList<>(program);
		Stream.of(arguments).map(Object::toString).forEach(line::add);
		System.out.println("> dense-colorize " + Stream.of(arguments).map(Object::toString).collect(Collectors.joining(" ")));
		if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) throw new IllegalStateException(
			"That failed, see above; when the cause is mended, the same line goes on from here.");
	}

	// The page.

	private void writePage(List<Run> runs) throws IOException {
		var text = new StringBuilder();
		var images = Table.read(page.resolve("images.csv"));
		var firsts = firsts(runs);
		int tested = (int) images.rows.stream().map(row -> row.get("image")).distinct().count();
		var all = Table.read(page.resolve("runs.csv"));
		text.append("# The networks side by side\n\n").append("This page is made by `docs/comparison/run`; its numbers and figures are never edited by hand. ").append(
			"All networks were trained on the same crops in the\nsame order, for " + all.rows.get(0).get("steps") + " steps of " + options.get("batch") +
				" crops (" + options.get("epochs") + " epochs), and measured once on " + tested + " images that none of them has seen.\n\n");
		text.append("```sh\ndocs/comparison/run TRAIN TEST OUT " + options.entrySet().stream().filter(option -> !option.getKey().equals("page")).sorted(Map.Entry
			.comparingByKey()).map(option -> "--" + option.getKey() + " " + option.getValue()).collect(Collectors.joining(" ")) + "\n```\n\n");
		if (options.get("rates").contains(",")) text.append("The learning rate of each was chosen from " + options.get("rates").replace(",", ", ") +
			" by its own loss on validation images, in trainings with --probe " + options.get("probe") + ".\n\n");
		text.append("## Quality\n\n").append(qualityTable(images, firsts));
		text.append("\n*gray*: no colour at all. *half chroma*: the true a\\* and b\\*, halved, which no network can know. *table of the class*: the mean colour of each\n" +
			"L\\* in training images of the true class. Means over the images; Info_loss in bits, of separate histograms of a\\* and b\\*; colourfulness as\n" +
			"a share of that of the originals; class: share of the images whose class was found. The paper (Zhang et al. 2019) reports a mean Info_loss of\n" +
			"1.926 for its dense network and 2.315 for a residual one, on other images and in an unknown base and unknown bins, so that only the order can\n" +
			"be compared.\n\n![Histograms of Info_loss](Info_loss.png)\n\n");
		text.append("## Is it chance?\n\n").append(testTable(Table.read(page.resolve("images-tests.csv")))).append(
			"\nImage by image, Info_loss of `" + presets.get(0) + "` against that of each other. p: Wilcoxon's signed rank test; corrected: for the number of rows (Holm\n" +
				"1979).\n\n");
		text.append("## Trained " + seeds + " times\n\n").append(seedTable());
		text.append("\n## Cost\n\n").append(costTable(firsts, all));
		text.append("\nOperations and speed without halo, at scale 1; the networks of other papers are computed plainly, layer by layer, ours in a faster form.\n");
		if (!hinted(firsts).isEmpty() && !hints().isEmpty()) text.append("\n## With hints\n\n").append(hintTable(firsts)).append(
			"\nMean PSNR in dB when the true colours of so many pixels of each image are told, drawn at random: `" + presets.get(0) +
				"` spreads them by\nthe plugin's closed form, the other is told them.\n\n![PSNR against the number of hints](hints.svg)\n");
		text.append("\n## Raw numbers\n\n[Each image](images.csv), [each training](runs.csv), [tests](images-tests.csv).\n");
		var meaning = page.resolve("meaning.md");
		if (Files.exists(meaning)) text.append("\n").append(Files.readString(meaning));
		write(page.resolve("README.md"), text.toString());
	}

	private static String table(List<String> columns, Stream<List<String>> rows) {
		return rows.map(row -> "| " + String.join(" | ", row) + " |\n").collect(Collectors.joining("", "| " + String.join(" | ", columns) + " |\n" + "|---"
			.repeat(columns.size()) + "|\n", ""));
	}

	/** @return empty for NaN */
	private static String number(double value, int digits) {
		return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + digits + "f", value);
	}

	/** The name that compare calls a model. */
	private static String preset(String method, List<Run> runs) {
		return runs.stream().filter(run -> run.name().equals(method)).map(run -> "`" + run.preset + "`").findFirst().orElse(method);
	}

	private static String qualityTable(Table images, List<Run> runs) {
		var methods = images.rows.stream().map(row -> row.get("method")).distinct();
		return table(List.of("method", "Info_loss", "PSNR", "SSIM", "CIEDE2000", "colourfulness", "ab RMSE", "class"), methods.map(method -> {
			var of = images.where("method", method);
			return List.of(preset(method, runs), number(of.mean("info_loss"), 3), number(of.mean("psnr"), 2), number(of.mean("ssim"), 4), number(of.mean(
				"ciede2000"), 2), number(of.mean("colourfulness") / of.mean("colourfulness_original"), 2), number(of.mean("ab_rmse"), 2), number(of.mean(
					"class_found"), 3));
		}));
	}

	private static String testTable(Table tests) {
		return table(List.of("", "against", "lower on", "mean difference", "its standard deviation", "p", "corrected"), tests.rows.stream().map(row -> List.of("`" +
			row.get("model") + "`", "`" + row.get("other") + "`", row.get("wins") + " of " + row.get("images"), row.get("mean_difference"), row.get(
				"standard_deviation"), row.get("p_wilcoxon"), row.get("p_holm"))));
	}

	/** Where the networks that were trained with a seed are measured: the first seed together with all others. */
	private static String measured(int seed) {
		return seed == 1 ? "images" : "seed-" + seed;
	}

	private String seedTable() throws IOException {
		var rows = new ArrayList<List<String>>();
		var means = new double[2][seeds];
		for (int seed = 1; seed <= seeds; seed++) {
			var images = Table.read(page.resolve(measured(seed) + ".csv"));
			var tests = Table.read(page.resolve(measured(seed) + "-tests.csv")).where("other", presets.get(1) + "-" + seed).last();
			for (int i = 0; i < 2; i++)
				means[i][seed - 1] = images.where("method", presets.get(i) + "-" + seed).mean("info_loss");
			rows.add(List.of(String.valueOf(seed), number(means[0][seed - 1], 3), number(means[1][seed - 1], 3), tests.get("wins") + " of " + tests.get("images"), tests
				.get("p_wilcoxon")));
		}
		rows.add(Stream.concat(Stream.concat(Stream.of("mean ± standard deviation"), Arrays.stream(means).map(Comparison::spread)), Stream.of("", "")).toList());
		return table(List.of("seed", "Info_loss of `" + presets.get(0) + "`", "of `" + presets.get(1) + "`", "lower on", "p"), rows.stream());
	}

	/** Mean and sample standard deviation. */
	private static String spread(double[] values) {
		double mean = Arrays.stream(values).average().orElseThrow();
		double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
		return number(mean, 3) + (values.length < 2 ? "" : " ± " + number(Math.sqrt(squares / (values.length - 1)), 3));
	}

	private String costTable(List<Run> firsts, Table runs) throws IOException {
		var rows = new ArrayList<List<String>>();
		for (var run : firsts) {
			var benchmark = Table.read(out.resolve("benchmark-" + run.preset + ".csv"));
			var trained = runs.where("run", run.name()).last();
			rows.add(List.of("`" + run.preset + "`", number(value(benchmark, "weights") / 1e6, 3), number(value(benchmark, "operations_per_pixel") / 1e6, 3), number(
				value(benchmark, "mpixel_per_s_512_scale_1"), 2), trained.get("seconds"), String.valueOf(run.rate)));
		}
		return table(List.of("network", "million weights", "million operations a pixel", "Mpixel/s", "seconds of training", "learning rate"), rows.stream());
	}

	private static double value(Table benchmark, String name) {
		return Double.parseDouble(benchmark.where("name", name).last().get("value"));
	}

	private String hintTable(List<Run> firsts) throws IOException {
		var curves = new LinkedHashMap<String, double[]>();
		var rows = new ArrayList<List<String>>();
		var csv = new StringBuilder("network,hints,psnr,ab_rmse_mean\n");
		for (var run : hinted(firsts)) {
			var psnr = new double[hints().size()];
			for (int i = 0; i < psnr.length; i++) {
				var all = Table.read(hintFile(run, hints().get(i))).last();
				psnr[i] = Double.parseDouble(all.get("psnr"));
				csv.append(String.join(",", run.preset, hints().get(i), all.get("psnr"), all.get("ab_rmse_mean"))).append('\n');
			}
			curves.put(run.preset, psnr);
			rows.add(Stream.concat(Stream.of("`" + run.preset + "`"), Arrays.stream(psnr).mapToObj(value -> number(value, 2))).toList());
		}
		write(page.resolve("hints.csv"), csv.toString());
		write(page.resolve("hints.svg"), plot(hints(), curves));
		return table(Stream.concat(Stream.of("hints"), hints().stream()).toList(), rows.stream());
	}

	/** Lines over equally spaced places, with their names beside them. */
	private static String plot(List<String> places, Map<String, double[]> curves) {
		int width = 640, height = 400, margin = 60;
		double low = Math.floor(curves.values().stream().flatMapToDouble(Arrays::stream).min().orElseThrow()), high = Math.ceil(curves.values().stream()
			.flatMapToDouble(Arrays::stream).max().orElseThrow() + 1e-9);
		double step = (width - 3.0 * margin) / Math.max(1, places.size() - 1), unit = (height - 2.0 * margin) / (high - low);
		var colours = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");
		var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
			"\" font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
		for (int i = 0; i < places.size(); i++)
			svg.append(label(margin + i * step, height - margin + 20, "middle", places.get(i)));
		double every = Math.max(1, Math.ceil((high - low) / 10));
		for (double y = low; y <= high; y += every)
			svg.append(label(margin - 8, height - margin - (y - low) * unit + 4, "end", number(y, 0)));
		svg.append(label((width - margin) / 2.0, height - 15, "middle", "hints")).append(label(margin, margin - 25, "middle", "PSNR (dB)"));
		int k = 0;
		for (var curve : curves.entrySet()) {
			var values = curve.getValue();
			var colour = colours.get(k++ % colours.size());
			svg.append("<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\" points=\"" + IntStream.range(0, values.length).mapToObj(i -> number(
				margin + i * step, 1) + "," + number(height - margin - (values[i] - low) * unit, 1)).collect(Collectors.joining(" ")) + "\"/>\n");
			svg.append(label(width - 2.0 * margin + 8, height - margin - (values[values.length - 1] - low) * unit + 4, "start", curve.getKey()));
		}
		return svg.append("<path fill=\"none\" stroke=\"black\" d=\"M" + margin + " " + margin + "V" + (height - margin) + "H" + (width - 2 * margin) +
			"\"/>\n</svg>\n").toString();
	}

	private static String label(double x, double y, String anchor, String text) {
		return "<text x=\"" + number(x, 1) + "\" y=\"" + number(y, 1) + "\" text-anchor=\"" + anchor + "\">" + text + "</text>\n";
	}
}
