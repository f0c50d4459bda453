package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.files.Trees;
import io.github.densecolorize.image.NumberText;
import io.github.densecolorize.model.Torch;
import io.github.densecolorize.train.RunFolder.IfExists;
import io.github.densecolorize.train.Training;
import io.github.densecolorize.train.TrainingReport;

/** Measures the speed of training. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Trains for some steps and forgets the model.",
	"train_samples_per_s: crops a second, without measurements on the validation images; train_waiting_share: share of that time spent waiting for data; train_peak_rss_mb: most resident memory of the process so far (Linux).",
	"On a GPU, also train_transfers_share and train_kernels_share: shares of that time in which crops went to it, and in which it computed or was told what to compute; train_gpu_memory_mb: its memory that all programs have in use in the end, of which PyTorch keeps what it once took." })
final class BenchmarkTrainCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Mixin
	private TrainingChoice choice;
	@Option(names = "--steps", defaultValue = "100", description = "Batches that are measured.")
	private int steps;
	@Option(names = "--warm-up", defaultValue = "10", description = "Batches before these.")
	private int warmUp;
	@Mixin
	private TableFile csv;

	/** Adds up the times of the steps after the warm-up, and then ends the run. */
	private final class Clock implements Training.Listener {

		private double seconds, waited, transferred;

		@Override
		public void stepped(Training.Step step) {
			if (step.number() <= warmUp) return;
			seconds += step.seconds();
			waited += step.waited();
			transferred += step.transferred();
		}

		@Override
		public void update(long done, long total) {
			if (done >= warmUp + steps) throw new CancellationException();
		}

		@Override
		public void validated(TrainingReport report, RandomAccessibleInterval<ARGBType> preview) {}
	}

	@Override
	public Integer call() throws IOException {
		if (steps < 1 || warmUp < 0) throw new IllegalArgumentException("steps is " + steps + " and warm-up " + warmUp +
			"; must be at least 1 and 0.");
		var table = new TextTable(List.of("name", "value"));
		csv.check(table.columns(), choice.data);
		var folder = Files.createTempDirectory("dense-colorize-benchmark");
		var clock = new Clock();
		int batch;
		try (var data = ColorDataSet.open(choice.data)) {
			var start = choice.start(data);
			var settings = choice.settings(data.name(), start).build();
			batch = settings.batch();
			try {
				Training.run(data, start, settings, folder.resolve("model"), choice.device, IfExists.REFUSE, clock);
			}
			catch (CancellationException e) {
				// Enough was measured.
			}
		}
		finally {
			Trees.delete(folder);
		}
		table.add(List.of("train_samples_per_s", NumberText.measured(steps * batch / clock.seconds)));
		table.add(List.of("train_waiting_share", NumberText.measured(clock.waited / clock.seconds)));
		var first = Torch.devices(choice.device).get(0);
		if (first.isGpu()) {
			double computed = clock.seconds - clock.waited - clock.transferred;
			table.add(List.of("train_transfers_share", NumberText.measured(clock.transferred / clock.seconds)));
			table.add(List.of("train_kernels_share", NumberText.measured(computed / clock.seconds)));
			table.add(List.of("train_gpu_memory_mb", NumberText.measured(Torch.gpuMegabytes(first))));
		}
		var peak = PeakMemory.megabytes();
		if (peak.isPresent()) table.add(List.of("train_peak_rss_mb", NumberText.measured(peak.get())));
		spec.commandLine().getOut().print(table.aligned());
		spec.commandLine().getOut().flush();
		csv.write(table);
		return ExitCode.OK;
	}
}
