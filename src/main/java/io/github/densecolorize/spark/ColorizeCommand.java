package io.github.densecolorize.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.cli.ColorizeChoice;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.FolderHints;
import io.github.densecolorize.colorize.OwnColours;
import io.github.densecolorize.colorize.ReferenceSource;
import io.github.densecolorize.files.Trees;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.Head;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.spark.ColorizeWork.Decided;

/** Colorizes a folder. */
@Command(name = "colorize", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Colorizes the images and stacks of a folder and of the folders in it, as TIFF into another one, each by a task of its own.",
	"What is there already is skipped, so that the same command goes on with what a stopped run left. A file that can't be colorized does not stop the others; the table says why." })
final class ColorizeCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "IN", description = "Folder of grayscale images; of a colour image L* is taken.")
	private String in;
	@Option(names = "-o", required = true, paramLabel = "OUT", description = "Folder to write to, which is made if it is not there.")
	private String out;
	@Option(names = "--overwrite", description = "Replace outputs that exist.")
	private boolean overwrite;
	@Mixin
	private ColorizeChoice choice;
	@Option(names = "--split", defaultValue = "256", paramLabel = "MB", description = "Stacks are divided so that each task has about so many megabytes of them.")
	private int split;
	@Mixin
	private TableChoice table;

	@Override
	public Integer call() throws Exception {
		var options = choice.options();
		var model = choice.model();
		options.output().requireOf(ModelFolder.spec(model));
		if (split < 1) throw new IllegalArgumentException("split is " + split + "; must be 1 megabyte or more.");
		return ClusterJob.run(spec.commandLine(), "colorized", out, true, table.folder(out), job -> {
			var from = job.folder(in);
			var marks = marks(job, options.own());
			var excluded = Stream.of(job.written(), marks).filter(Objects::nonNull).map(Folder::path).toList();
			var tasks = job.list(from, excluded, split * 1_000_000L);
			// This must be done before the engine is loaded, as in local mode the same engine computes.
			Executor.limitThreads(job.cores(), job.context().getConf().getInt("spark.task.cpus", 1));
			var archive = archive(model);
			var head = head(model, job.context().isLocal() ? choice.device() : "auto", options);
			var work = new ColorizeWork(from, job.written(), options, head, marks, choice.device(), overwrite, tasks.name(), job.prefix(), job.context()
				.broadcast(archive), key(options + ModelFolder.spec(model).sha256() + (head == null ? "" : head.references())), job.cores());
			var divided = tasks.divided().isEmpty() ? List.<Decided> of() : job.context().parallelize(tasks.divided(), tasks.divided().size()).map(
				work::decide).collect();
			var undecided = divided.stream().filter(file -> file.decision() == null).map(Decided::row).toList();
			job.add(undecided);
			var decisions = job.context().broadcast(divided.stream().filter(file -> file.decision() != null).collect(Collectors.toMap(Decided::in,
				Decided::decision)));
			var whole = tasks.divided().stream().filter(task -> decisions.value().containsKey(task.in())).toList();
			job.expect(whole.size());
			job.add(job.context().parallelize(tasks.ranges(), tasks.ranges().size()).flatMap(range -> work.colorize(range, decisions.value())),
				task -> tasks.ranges().get(task).lines());
			if (!whole.isEmpty()) job.add(job.context().parallelize(whole, whole.size()).flatMap(task -> work.assemble(task, decisions.value())), task -> 1);
		});
	}

	/** The folder of hints; null if there is none. */
	private static Folder marks(ClusterJob job, OwnColours own) throws IOException {
		if (Set.of("", "none", "overlay", "roi manager").contains(own.hints().trim().toLowerCase(Locale.ROOT))) {
			FolderHints.of(own.hints());
			return null;
		}
		var marks = job.folder(own.hints().trim());
		marks.requireFolder("a file NAME.zip, NAME.roi or NAME.csv for each image NAME");
		return marks;
	}

	/** Fits the model to references, once for all machines. */
	private Head head(Path model, String device, ColorizeOptions options) throws IOException {
		if (options.own().references().isEmpty()) return null;
		try (var network = ColorModel.open(model, device)) {
			return ReferenceSource.fit(options.own().references(), network, options.colorizer(), spec.commandLine().getErr()::println);
		}
	}

	/** 122 bits of a hash, as two models with the same key would mix up the parts of a stack. */
	static String key(String modelAndOptions) {
		return UUID.nameUUIDFromBytes(modelAndOptions.getBytes(StandardCharsets.UTF_8)).toString();
	}

	/** The archive of the model that is sent to the machines, after the model was checked. */
	private static byte[] archive(Path model) throws IOException {
		var temporary = Files.createTempDirectory("dense-colorize");
		try {
			var zip = temporary.resolve("model.zip");
			ModelArchive.write(model, zip);
			return Files.readAllBytes(zip);
		}
		finally {
			Trees.delete(temporary);
		}
	}
}
