package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.Torch;

public class ModelsAndDeviceTest {

	@TempDir
	private Path folder;

	@Test
	public void aDamagedModelIsFoundAndTheOthersListed() throws IOException {
		TinyModel.write(folder, "good", "he", "ihc");
		var weights = TinyModel.write(folder, "bad", "he").resolve(ModelFolder.WEIGHTS);
		var bytes = Files.readAllBytes(weights);
		bytes[bytes.length / 2] ^= 1;
		Files.write(weights, bytes);

		var done = Shell.run("models", folder);
		assertEquals(1, done.status());
		assertTrue(done.out().startsWith("good\n"), done.out());
		assertEquals(1, done.errors().size(), done.err());
		assertTrue(done.err().contains("SHA-256"), done.err());
	}

	@Test
	public void aFolderWithoutModelsIsSaid() {
		assertTrue(Shell.run("models", folder).err().contains("no model"));
	}

	@Test
	public void theDeviceIsSaidWithTheReason() {
		var done = Shell.run("device");
		assertEquals(0, done.status());
		assertTrue(done.out().contains(Torch.engine().getVersion()), done.out());
		assertEquals(Torch.engine().getGpuCount() == 0, done.out().contains("no GPU"), done.out());
	}

	@Test
	public void gpuLibrariesAreNotFetchedWhereTheyAreOfNoUse() {
		assumeTrue(Torch.whyNoGpu().startsWith("no NVIDIA driver"));
		var done = Shell.run("device", "--install-gpu");
		assertEquals(1, done.status());
		assertTrue(done.err().startsWith("GPU libraries can't be used on this machine: no NVIDIA driver was found"), done.err());
	}
}
