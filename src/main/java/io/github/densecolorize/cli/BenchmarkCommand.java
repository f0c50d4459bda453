package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

import net.imglib2.img.array.ArrayImgs;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;

import io.github.densecolorize.Colorizer;
import io.github.densecolorize.Colorizer.Phase;
import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.ColorizeOptions;
import io.github.densecolorize.colorize.Honesty;
import io.github.densecolorize.colorize.ImageColorizer;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.colorize.OutputFile;
import io.github.densecolorize.files.Trees;
import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.DeviceClock;
import io.github.densecolorize.model.Peak;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.open.ImageFiles;

/** Measures the speed of colorization and the memory that it takes. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, subcommands = BenchmarkTrainCommand.class, description = {
	"Measures speed and memory on this machine, by 8-bit images of noise that are read from and written to files.",
	"matrix_gflops, copy_gb_per_s: what the device can do at most; weights: numbers of the model; operations_per_pixel: of the network without halo and guidance; mpixel_per_s_SIZE_scale_S: pixels of the image a second, reading and writing included; share_of_peak_SIZE: of matrix_gflops, used by the network's own operations at scale 1, halo not counted; share_STAGE_SIZE_scale_S: of the time; ratio_to_plain_512: how much faster than the plain network in one pass; peak_rss_mb_SIZE: most resident memory of the process so far (Linux).",
	"On a GPU, also gpu_share_kernels_SIZE_scale_S, gpu_share_transfers_... and gpu_share_waiting_...: shares of the time in which it computed or was told what to compute, in which values travelled to it and back, and in which it had nothing to do; gpu_memory_mb_SIZE: its memory that all programs have in use after it, of which PyTorch keeps what it once took." })
final class BenchmarkCommand implements Callable<Integer> {

	private static final List<String> SCALES = List.of("1", "0.5", "0.25", "auto");
	/** Side in pixels of a stack's slices. */
	private static final int SLICE = 512;
	/** Short runs are repeated for this long, and the fastest one is reported. */
	private static final double SECONDS = 3;

	@Spec
	private CommandSpec spec;

	@Option(names = "--model", defaultValue = "microscopy", description = "Name of an installed model, or a model folder.")
	private String model;
	@Option(names = "--device", defaultValue = "auto", description = "auto, cpu, gpu, gpu:1, ... or mps.")
	private String device;
	@Option(names = "--tile", defaultValue = "0", description = "Largest side of a tile in pixels; 0 takes what suits the device.")
	private int tile;
	@Option(names = "--sizes", split = ",", defaultValue = "4096,512,2048", description = "Sides of the images, in this order.")
	private int[] sizes;
	@Option(names = "--slices", defaultValue = "60", description = "Slices of a stack of 512 x 512 pixels.")
	private int slices;
	@Mixin
	private TableFile csv;

	private final TextTable table = new TextTable(List.of("name", "value"));
	private Path folder;

	@Override
	public Integer call() throws IOException {
		if (slices < 1 || Arrays.stream(sizes).anyMatch(size -> size < 1)) throw new IllegalArgumentException("sizes are " + Arrays.toString(
			sizes) + " and slices " + slices + "; must be at least 1.");
		csv.check(table.columns());
		folder = Files.createTempDirectory("dense-colorize-benchmark");
		try (var network = ColorModel.open(Models.folder(model), device)) {
			double peak = Peak.matrixProduct(network.devices().get(0));
			add("matrix_gflops", peak);
			add("weights", network.spec().net().weights(network.spec().classes().size()));
			add("operations_per_pixel", network.spec().net().flops());
			for (int size : sizes)
				measure(network, noise(size, 1), String.valueOf(size), peak);
			measure(network, noise(SLICE, slices), SLICE + "x" + slices, peak);
			// This is done last, since it takes memory that is not given back.
			add("ratio_to_plain_" + SLICE, ratioToPlain(network));
			add("copy_gb_per_s", Peak.copy(network.devices().get(0)));
		}
		finally {
			Trees.delete(folder);
		}
		csv.write(table);
		return ExitCode.OK;
	}

	private void add(String name, double value) {
		table.add(List.of(name, NumberText.measured(value)));
		spec.commandLine().getOut().printf(Locale.ROOT, "%-36s %s%n", name, NumberText.measured(value));
		spec.commandLine().getOut().flush();
	}

	private void measure(ColorModel network, ImagePlus image, String size, double peak) throws IOException {
		var in = folder.resolve(size + ".tif");
		try (var file = new OutputFile(in, true)) {
			file.write(image);
		}
		double pixels = (double) image.getWidth() * image.getHeight() * image.getStackSize();
		for (var scale : SCALES) {
			var best = best(network, in, ColorizeOptions.of("auto", scale, "full range", ColorizeOptions.ONLY_CHANNEL, "RGB", tile).with(Honesty.ALL_COLOURED));
			add("mpixel_per_s_" + size + "_scale_" + scale, pixels / best.seconds / 1e6);
			best.shares.forEach(share -> add("share_" + share.phase + "_" + size + "_scale_" + scale, share.part));
			if (isOnGpu(network)) {
				var gpus = best.device.shares(best.seconds, network.devices().size());
				add("gpu_share_kernels_" + size + "_scale_" + scale, gpus.kernels());
				add("gpu_share_transfers_" + size + "_scale_" + scale, gpus.transfers());
				add("gpu_share_waiting_" + size + "_scale_" + scale, gpus.waiting());
				if (scale.equals("1")) add("gpu_memory_mb_" + size, Torch.gpuMegabytes(network.devices().get(0)));
			}
			if (scale.equals("1")) add("share_of_peak_" + size, network.spec().net().flops() * pixels / best.seconds / 1e9 / peak);
			var memory = PeakMemory.megabytes();
			if (scale.equals("1") && memory.isPresent()) add("peak_rss_mb_" + size, memory.get());
		}
		Files.delete(in);
	}

	private record Share(String phase, double part) {}

	/** @param device what the devices did meanwhile */
	private record Run(double seconds, List<Share> shares, DeviceClock.Times device) {}

	private static boolean isOnGpu(ColorModel network) {
		return network.devices().get(0).isGpu();
	}

	private Run best(ColorModel network, Path in, ColorizeOptions options) throws IOException {
		Run best = null;
		long start = System.nanoTime();
		do {
			var run = run(network, in, options);
			if (best == null || run.seconds < best.seconds) best = run;
		}
		while ((System.nanoTime() - start) / 1e9 < SECONDS);
		return best;
	}

	private Run run(ColorModel network, Path in, ColorizeOptions options) throws IOException {
		var before = network.clock().times();
		long start = System.nanoTime();
		var colorizer = new ImageColorizer(network, options, sentence -> {});
		var image = ImageFiles.open(in, sentence -> {});
		double reading = (System.nanoTime() - start) / 1e9;
		var result = colorizer.colorize(image, Progress.NONE);
		long writingFrom = System.nanoTime();
		var out = folder.resolve("out.tif");
		try (var file = new OutputFile(out, true)) {
			file.write(result);
		}
		long end = System.nanoTime();
		double writing = (end - writingFrom) / 1e9, all = reading + writing + colorizer.seconds().values().stream().mapToDouble(s -> s).sum();
		var shares = new ArrayList<Share>();
		shares.add(new Share("reading", reading / all));
		for (var phase : Phase.values())
			shares.add(new Share(phase.name().toLowerCase(Locale.ROOT), colorizer.seconds().get(phase) / all));
		shares.add(new Share("writing", writing / all));
		return new Run((end - start) / 1e9, shares, network.clock().times().since(before));
	}

	/** Measures the network alone, tile by tile and as the plain network, with one guidance vector. */
	private double ratioToPlain(ColorModel network) {
		var l = new float[SLICE * SLICE];
		var random = new SplittableRandom(1);
		for (int i = 0; i < l.length; i++)
			l[i] = (float) random.nextDouble(100);
		var plane = ArrayImgs.floats(l, SLICE, SLICE);
		var colorizer = new Colorizer(network, new Colorizer.Options(network.spec().choices().get(0), 1, tile));
		var plan = colorizer.plan(List.of(plane), 0);
		double fast = shortest(() -> colorizer.colorize(plane, plan, (part, partL, a, b) -> {}, Progress.NONE));
		return shortest(() -> network.predictAbPlainly(l, SLICE, SLICE, plan.cues())) / fast;
	}

	/** Seconds of the shortest run. */
	private static double shortest(Runnable job) {
		double shortest = Double.POSITIVE_INFINITY;
		long start = System.nanoTime(), now = start;
		while ((now - start) / 1e9 < SECONDS) {
			long before = now;
			job.run();
			now = System.nanoTime();
			shortest = Math.min(shortest, (now - before) / 1e9);
		}
		return shortest;
	}

	/** The content of the image does not matter for the time, but it must not be constant. */
	private static ImagePlus noise(int size, int slices) {
		var random = new SplittableRandom(1);
		var stack = new ImageStack(size, size);
		for (int i = 0; i < slices; i++) {
			var pixels = new byte[size * size];
			random.nextBytes(pixels);
			stack.addSlice(new ByteProcessor(size, size, pixels));
		}
		return new ImagePlus("noise", stack);
	}
}
