package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyDataSet;

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
	}

	@Test
	public void whatToMeasureIsNeeded() {
		var done = Shell.run("benchmark");
		assertEquals(2, done.status());
		assertTrue(done.err().startsWith("What to measure was not given; one of train is needed."), done.err());
	}
}
