package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.Training;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.TrainingSettings;
import io.github.densecolorize.net.NetSpec;

public class TrainCommandTest {

	@TempDir
	private Path folder;
	private Path images, model;

	@BeforeEach
	void makeImages() throws IOException {
		images = folder.resolve("stains");
		model = folder.resolve("models/two-stains");
		for (var name : List.of("pink", "blue")) {
			Files.createDirectories(images.resolve(name));
			for (int n = 0; n < 4; n++) {
				int dark = 10 * n;
				Shell.colour(images.resolve(name).resolve(n + ".png"), i -> (name.equals("pink") ? 0xd080a0 : 0x6080d0) - dark * 0x10101);
			}
		}
	}

	private Shell train(Object... more) {
		var line = new java.util.ArrayList<Object>(List.of("train", images, "-o", model, "--device", "cpu", "--batch", 2, "--patch", 8,
			"--scale", "0.5", "--field", 12, "--licence", "CC0"));
		line.addAll(List.of(more));
		return Shell.run(line.toArray());
	}

	@Test
	public void aFewStepsMakeAModelThatOpens() throws IOException {
		var done = train("--steps", 3, "--seed", 7, "--feedback", "independent");
		assertEquals("", done.err());
		assertEquals(0, done.status());
		var out = done.out().lines().toList();
		assertTrue(out.get(0).startsWith("8 images of 2 classes"), out.get(0));
		assertTrue(out.get(1).startsWith("step 3,") && out.get(1).contains("ab RMSE"), out.get(1));
		try (var opened = ColorModel.open(model, "cpu")) {
			var spec = opened.spec();
			assertEquals("two-stains", spec.name());
			assertEquals(List.of("blue", "pink"), spec.classes());
			assertEquals(new TrainingSettings("stains", "CC0", "", 7, 3, 0, 2, 8, 2e-3, TrainingSettings.Feedback.INDEPENDENT, 0.1, 0.5,
				TrainingSettings.Augmentation.DIHEDRAL, 0.05), spec.training());
		}
		assertFalse(Files.exists(Training.checkpoint(model)));

		var listed = Shell.run("models", folder.resolve("models"));
		assertEquals(0, listed.status());
		for (var said : List.of("two-stains", "blue, pink", "CC0", "(checked)"))
			assertTrue(listed.out().contains(said), said + " in " + listed.out());

		var again = train("--steps", 3);
		assertEquals(1, again.status());
		assertTrue(again.err().contains("holds a model"), again.err());
	}

	@Test
	public void aStateThatIsNoneIsNotResumed() throws IOException {
		Files.createDirectories(model.getParent());
		Files.writeString(Training.checkpoint(model), "not a state");
		var done = train("--steps", 3, "--resume");
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
		for (var bad : List.of(List.of("--validation", "0"), List.of("--learning-rate", "-1"), List.of("--preset", "huge"))) {
			var done = train("--steps", 3, bad.get(0), bad.get(1));
			assertEquals(1, done.status(), bad.toString());
			assertEquals(1, done.errors().size(), done.err());
		}
		assertFalse(Files.exists(model));
	}

	@Test
	public void fineTuningTakesNetworkAndScaleOfItsStart() throws IOException {
		train("--steps", 1);
		var first = model;
		model = folder.resolve("models/tuned");
		var done = train("--steps", 1, "--start", first, "--preset", "residual");
		assertEquals(0, done.status(), done.err());
		var spec = ModelFolder.spec(model);
		assertEquals(NetSpec.Unit.DENSE, spec.net().unit());
		assertTrue(spec.training().start().startsWith("two-stains "), spec.training().start());
	}
}
