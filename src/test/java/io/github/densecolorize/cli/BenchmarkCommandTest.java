package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;

public class BenchmarkCommandTest {

	@TempDir
	private Path folder;

	@Test
	public void trainingIsMeasured() throws IOException {
		var data = TinyDataSet.write(folder.resolve("stains.h5"), 5, 16);
		var csv = folder.resolve("speed.csv");
		var done = Shell.run("benchmark", "train", data, "--device", "cpu", "--batch", 2, "--patch", 8, "--scale", "0.5", "--steps", 3,
			"--warm-up", 1, "--csv", csv);
		assertEquals(0, done.status(), done.err());
		var rows = Files.readAllLines(csv);
		assertEquals("name,value", rows.get(0));
		assertTrue(rows.get(1).startsWith("train_samples_per_s,") && Double.parseDouble(rows.get(1).split(",")[1]) > 0, rows.toString());
		double waiting = Double.parseDouble(rows.get(2).replace("train_waiting_share,", ""));
		assertTrue(waiting >= 0 && waiting <= 1, rows.toString());
		assertTrue(rows.stream().noneMatch(row -> row.contains("gpu") || row.contains("kernels")), rows.toString());
	}

	@Test
	public void colorizationIsMeasured() throws IOException {
		var csv = folder.resolve("speed.csv");
		var model = TinyModel.write(folder, "tiny", "he", "ihc");
		var done = Shell.run("benchmark", "--model", model, "--device", "cpu", "--sizes", "40", "--slices", 2, "--csv", csv);
		assertEquals(0, done.status(), done.err());
		var values = Files.readAllLines(csv).stream().skip(1).map(row -> row.split(",")).collect(Collectors.toMap(row -> row[0],
			row -> Double.parseDouble(row[1])));
		for (var name : List.of("matrix_gflops", "copy_gb_per_s", "ratio_to_plain_512", "mpixel_per_s_40_scale_1",
			"mpixel_per_s_512x2_scale_auto"))
			assertTrue(values.get(name) > 0, name + " of " + values);
		assertEquals(TinyModel.NET.weights(2), values.get("weights"));
		assertEquals(TinyModel.NET.flops(), values.get("operations_per_pixel"));
		assertTrue(values.get("share_of_peak_40") > 0 && values.get("share_of_peak_40") < 1, values.toString());
		double shares = values.entrySet().stream().filter(e -> e.getKey().startsWith("share_") && e.getKey().endsWith("_512x2_scale_0.5"))
			.mapToDouble(Map.Entry::getValue).sum();
		assertEquals(1, shares, 1e-3);
		assertTrue(values.keySet().stream().noneMatch(name -> name.startsWith("gpu")), values.toString());
	}

	@Test
	public void impossibleSizesAreSaid() {
		var done = Shell.run("benchmark", "--sizes", "0");
		assertEquals(1, done.status());
		assertTrue(done.err().startsWith("sizes are [0] and slices 60; must be at least 1."), done.err());
	}
}
