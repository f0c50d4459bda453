package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelIndex;
import io.github.densecolorize.model.Torch;

public class ModelsCommandTest extends MacroFixture {

private String run(String options) throws ReflectiveOperationException {
		return MacroBridge.run(context, "run('Colorizer Models and Device', '" + options + "'); return 'went on';");
	}

	@Test
	public void modelsAndDeviceAreListed() throws IOException, ReflectiveOperationException {
		var bad = TinyModel.write(models, "bad", "he").resolve(ModelFolder.WEIGHTS);
		Files.write(bad, new byte[1]);
		assertEquals("went on", run("action=list"));
		assertTrue(log.contains("PyTorch: " + Torch.engine().getVersion()), log.toString());
		assertEquals(Torch.engine().getGpuCount() == 0, log.stream().anyMatch(line -> line.startsWith("no GPU: ")), log.toString());
		var tiny = log.stream().filter(line -> line.startsWith("tiny: ")).findFirst().orElseThrow();
		assertTrue(tiny.contains("classes=he, ihc") && tiny.contains("licence=none") && tiny.contains("state=whole, hash checked"), tiny);
		assertTrue(log.stream().anyMatch(line -> line.startsWith("bad: ") && line.contains("has SHA-256")), log.toString());
	}

	@Test
	public void aModelIsExportedAndImported() throws ReflectiveOperationException {
		var zip = folder.resolve("tiny.zip");
		assertEquals("went on", run("action=export model=tiny file=[" + zip + "]"));
		System.setProperty(Models.FOLDER_PROPERTY, folder.resolve("others").toString());
		assertEquals("went on", run("action=import file=[" + zip + "]"));
		assertEquals("Model " + folder.resolve("others/tiny") + " is installed.", said());
	}

	@Test
	public void aModelIsFetchedByItsName() throws IOException, ReflectiveOperationException {
		var list = Files.createDirectory(folder.resolve("list"));
		assertEquals("went on", run("action=export model=tiny file=[" + list.resolve("tiny.zip") + "]"));
		ModelIndex.write(list);
		System.setProperty(Models.FOLDER_PROPERTY, folder.resolve("others").toString());
		assertEquals("went on", run("action=available index=[" + list + "/]"));
		assertTrue(said().startsWith("tiny: ") && said().contains("licence=none"), said());
		assertFalse(Files.exists(folder.resolve("others")));
		assertEquals("went on", run("action=get model=tiny index=[" + list + "/]"));
		assertEquals("Model " + folder.resolve("others/tiny") + " is installed.", said());
	}

	@Test
	public void anEndingNamesTheFormat() throws IOException, ReflectiveOperationException {
		var onnx = folder.resolve("tiny.onnx");
		assertEquals("went on", run("action=export model=tiny file=[" + onnx + "]"));
		assertTrue(new String(Files.readAllBytes(onnx), StandardCharsets.ISO_8859_1).contains("Dense Colorize"));
	}

	@Test
	public void badOptionsAreSaid() throws ReflectiveOperationException {
		assertFalse("went on".equals(run("action=delete")));
		assertEquals("Action is \"delete\"; must be one of list, import, export, available, get, install gpu.", said());
		assertFalse("went on".equals(run("action=import")));
		assertEquals("No file was given; choose one.", said());
		assertFalse("went on".equals(run("action=get model=tiny")));
		assertEquals("No list of models was given; type its address.", said());
		assertFalse("went on".equals(run("action=import file=[" + folder + "/none.zip]")));
		assertEquals("File " + folder.resolve("none.zip") + " does not exist; choose the zip file of a model.", said());
	}

	@Test
	public void gpuLibrariesAreNotFetchedWhereTheyAreOfNoUse() throws ReflectiveOperationException {
		assumeTrue(Torch.whyNoGpu().startsWith("no NVIDIA driver"));
		assertFalse("went on".equals(run("action=[install gpu]")));
		assertEquals("GPU libraries can't be used on this machine: no NVIDIA driver was found; if this machine has an NVIDIA GPU, install its driver.", said());
	}
}
