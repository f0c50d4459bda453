package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.Scale;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.train.RunFolder;

public class TrainCommandTest {

	@TempDir
	private Path folder;
	private Path data, model;

	@BeforeEach
	void makeData() throws IOException {
		data = TinyDataSet.write(folder.resolve("stains.h5"), 5, 16);
		model = folder.resolve("models/two-stains");
	}

	private Shell train(Object... more) {
		var line = new ArrayList<Object>(List.of("train", data, "-o", model, "--device", "cpu", "--batch", 2, "--patch", 8, "--licence", "CC0"));
		if (!List.of(more).contains("--start")) line.addAll(List.of("--scale", "0.5"));
		line.addAll(List.of(more));
		return Shell.run(line.toArray());
	}

	@Test
	public void aFewStepsMakeAModelThatOpens() throws IOException {
		var done = train("--epochs", 1, "--seed", 7, "--loss", "rebalanced", "--balance-laboratories", "0.5");
		assertEquals("", done.err());
		assertEquals(0, done.status());
		var out = done.out().lines().toList();
		assertTrue(out.get(0).startsWith("10 images of 2 classes"), out.get(0));
		assertTrue(out.get(1).startsWith("epoch 1.00, step 4,") && out.get(1).contains("ab RMSE"), out.get(1));
		assertTrue(out.get(2).startsWith("Probabilities of the classes: temperature "), out.get(2));
		assertEquals("Model " + model + " is complete.", out.get(3));
		try (var opened = ColorModel.open(model, "cpu")) {
			var spec = opened.spec();
			assertEquals("two-stains", spec.name());
			assertEquals(List.of("bright", "dark"), spec.classes());
			assertEquals(new Scale(0.5, 0, 0, 8), spec.scale());
			assertEquals(new TrainingSettings("stains", "CC0", "", 7, 1, 0, 0, 2, 8, 2e-3, "REBALANCED",
				TrainingSettings.Feedback.INDEPENDENT, 0.1, 0.5, TrainingSettings.Augmentation.DIHEDRAL, 0, 0.5), spec.training());
		}
		assertFalse(Files.exists(new RunFolder(model).checkpoint()));

		var listed = Shell.run("models", folder.resolve("models"));
		assertEquals(0, listed.status());
		for (var said : List.of("two-stains", "bright, dark", "CC0", "(checked)"))
			assertTrue(listed.out().contains(said), said + " in " + listed.out());

		var again = train("--epochs", 1);
		assertEquals(1, again.status());
		assertTrue(again.err().contains("holds a model"), again.err());
		assertEquals(0, train("--epochs", 1, "--overwrite", "--long-side", 8).status());
		assertEquals(new Scale(0.5, 0, 8, 8), ModelFolder.spec(model).scale());
	}

	@Test
	public void aStateThatIsNoneIsNotResumed() throws IOException {
		Files.createDirectories(model.getParent());
		Files.writeString(new RunFolder(model).checkpoint(), "not a state");
		var done = train("--epochs", 1, "--resume");
		assertEquals(1, done.status());
		assertEquals(1, done.errors().size(), done.err());
		assertTrue(done.err().contains("can't be resumed"), done.err());
		assertFalse(Files.exists(model));
	}

	@Test
	public void aLengthIsNeeded() {
		assertEquals(2, train().status());
	}

	@Test
	public void badSettingsAreRefused() {
		for (var bad : List.of(List.of("--patience", "-1"), List.of("--learning-rate", "-1"), List.of("--long-side", "0"), List.of("--balance-laboratories", "1.5"), List.of("--preset", "huge"), List.of("--start", ","), List.of("--start", " , "))) {
			var done = train("--epochs", 1, bad.get(0), bad.get(1));
			assertEquals(1, done.status(), bad.toString());
			assertEquals(1, done.errors().size(), done.err());
		}
		assertFalse(Files.exists(model));
	}

	@Test
	public void dataThatIsNoneIsRefused() {
		data = folder.resolve("nothing.h5");
		var done = train("--epochs", 1);
		assertEquals(1, done.status());
		assertTrue(done.err().contains("nothing.h5 does not exist; give a .h5 file"), done.err());
	}

	@Test
	public void fineTuningTakesNetworkAndScaleOfItsStart() throws IOException {
		train("--epochs", 1);
		var first = model;
		model = folder.resolve("models/tuned");
		var done = train("--epochs", 1, "--start", first, "--preset", "residual");
		assertEquals(0, done.status(), done.err());
		var spec = ModelFolder.spec(model);
		assertEquals("dense, growth rate 12, layers [4, 4, 4, 4]", spec.net().describe());
		assertTrue(spec.training().start().startsWith("two-stains "), spec.training().start());
		assertEquals(0.5, spec.scale().factor());
		model = folder.resolve("models/finer");
		assertEquals(0, train("--epochs", 1, "--start", first, "--scale", 1).status());
		assertEquals(1, ModelFolder.spec(model).scale().factor());
	}

	/** As {@code --start} says, not as what is trained. */
	@Test
	public void withoutEpochsAModelOnlyGetsItsErrorMap() throws IOException {
		var first = TinyModel.write(Files.createDirectories(folder.resolve("models")), "first", "bright", "dark");
		var done = train("--epochs", 0, "--start", first);
		assertEquals(0, done.status(), done.err());
		assertEquals("Model " + model + " is complete.", done.out().strip());
		assertEquals(ModelFolder.spec(first).training(), ModelFolder.spec(model).training());
		// A fifth of 5 images of each class.
		assertEquals(2, ModelFolder.spec(model).errorMap().images());
		var listed = Shell.run("models", model);
		assertTrue(listed.out().contains("  errors    expected error known, from 2 images, with a mean CIEDE2000 of "), listed.out());
		for (var start : List.of("", first + "," + first)) {
			var refused = start.isEmpty() ? train("--epochs", 0, "--overwrite") : train("--epochs", 0, "--overwrite", "--start", start);
			assertEquals(1, refused.status());
			assertTrue(refused.err().contains("Epochs is 0, which gives a model a map of its expected error, and start is \"" + start +
				"\"; must be the name of one model, or epochs 1 or more."), refused.err());
		}
	}
}
