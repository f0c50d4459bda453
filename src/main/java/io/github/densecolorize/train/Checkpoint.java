package io.github.densecolorize.train;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.net.Tensors;

/**
 * The state of a training when it was stopped, apart from its arrays.
 *
 * @param fingerprint of data and settings
 * @param step batches so far
 * @param minutes of training so far
 * @param chromaLoss sum since the last measurement
 * @param classLoss likewise
 * @param summed batches since then
 * @param reports all measurements
 */
record Checkpoint(long fingerprint, long step, double minutes, double chromaLoss, double classLoss, long summed,
	List<TrainingReport> reports)
{

	/** By which factor arrays may grow when they are unpacked; if the optimizer's moments are all zero, they grow a thousand times. */
	private static final long MOST_UNPACKED = 1100;

	/** Names of arrays: one for the first six numbers, and one for the measurements, a row for each. */
	private static final String RUN = "run", REPORTS = "reports";

	/**
	 * Writes a file, which replaces the old one only when it is complete.
	 *
	 * @param arrays weights and state of the optimizer
	 * @param scope owns the arrays that are needed only for writing
	 */
	void write(Path file, NDList arrays, NDManager scope) throws IOException {
		var all = new NDList(arrays);
		all.add(named(RUN, scope.create(new double[] { fingerprint, step, minutes, chromaLoss, classLoss, summed })));
		if (!reports.isEmpty()) all.add(named(REPORTS, scope.create(reports.stream().flatMapToDouble(r -> Arrays.stream(r.values())).toArray(),
			new Shape(reports.size(), TrainingReport.COLUMNS.size()))));
		try (var made = new NewFile(file)) {
			made.write(out -> Tensors.write(all, out));
			made.land(true);
		}
	}

	private static NDArray named(String name, NDArray array) {
		array.setName(name);
		return array;
	}

	/** All arrays of a file, those of {@link #write} and the checkpoint's own. */
	static Map<String, NDArray> arrays(Path file, NDManager scope) throws IOException {
		try (var in = new BufferedInputStream(Files.newInputStream(file))) {
			return Tensors.read(scope, in, MOST_UNPACKED * Files.size(file));
		}
	}

	/** @throws IOException if the arrays are not those of a checkpoint */
	static Checkpoint of(Map<String, NDArray> arrays) throws IOException {
		if (!arrays.containsKey(RUN)) throw new IOException("it has no tensor " + RUN);
		var run = arrays.get(RUN).toDoubleArray();
		var reports = new ArrayList<TrainingReport>();
		if (arrays.containsKey(REPORTS)) {
			var values = arrays.get(REPORTS).toDoubleArray();
			int columns = TrainingReport.COLUMNS.size();
			for (int i = 0; i < values.length; i += columns)
				reports.add(TrainingReport.of(Arrays.copyOfRange(values, i, i + columns)));
		}
		return new Checkpoint((long) run[0], (long) run[1], run[2], run[3], run[4], (long) run[5], reports);
	}
}
