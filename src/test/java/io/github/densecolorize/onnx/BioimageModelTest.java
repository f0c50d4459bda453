package io.github.densecolorize.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.ExportedModel;
import io.github.densecolorize.model.ModelArchive;

public class BioimageModelTest {

	@TempDir
	private Path folder;

	private Map<String, byte[]> exported(String model) throws IOException {
		var file = folder.resolve("model.bioimage.zip");
		ExportedModel.write(model, "auto", file);
		var entries = new HashMap<String, byte[]>();
		try (var zip = new ZipFile(file.toFile())) {
			for (var entry : zip.stream().toList())
				entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
		}
		return entries;
	}

	private static JsonObject description(Map<String, byte[]> entries) {
		return JsonParser.parseString(new String(entries.get("rdf.yaml"), StandardCharsets.UTF_8)).getAsJsonObject();
	}

	/** What the public schema of 0.5.7 wants; all of it was checked with that schema and Python's jsonschema. */
	@Test
	public void theDescriptionHasWhatItMust() throws IOException {
		var entries = exported("models/microscopy");
		var rdf = description(entries);
		assertEquals(Set.of("format_version", "type", "name", "description", "authors", "cite", "git_repo", "tags", "timestamp", "documentation", "covers",
			"attachments", "inputs", "outputs", "weights", "config"), rdf.keySet());
		assertEquals("0.5.7", rdf.get("format_version").getAsString());
		var axes = rdf.getAsJsonArray("inputs").get(0).getAsJsonObject().getAsJsonArray("axes");
		// A halo of 18 on either side and a pixel.
		assertEquals(JsonParser.parseString("{\"min\": 37, \"step\": 1}"), axes.get(2).getAsJsonObject().get("size"));
		var out = rdf.getAsJsonArray("outputs").get(0).getAsJsonObject().getAsJsonArray("axes");
		assertEquals(JsonParser.parseString("[\"a\", \"b\"]"), out.get(1).getAsJsonObject().get("channel_names"));
		assertEquals(18, out.get(3).getAsJsonObject().get("halo").getAsInt());
		assertTrue(rdf.get("description").getAsString().contains("not measured. Licence: research and education only. Classes: dermoscopy, fundus, "));
		// What JDLL and deepImageJ need: a name, and operators that their runtimes know.
		assertEquals("dense-colorize-microscopy", rdf.getAsJsonObject("config").getAsJsonObject("bioimageio").get("nickname").getAsString());
		assertEquals(17, rdf.getAsJsonObject("weights").getAsJsonObject("onnx").get("opset_version").getAsInt());
		assertArrayEquals(Files.readAllBytes(Path.of("models/microscopy/README.md")), entries.get("README.md"));
		var cover = ImageIO.read(new ByteArrayInputStream(entries.get("cover.png")));
		assertEquals(384, cover.getWidth());
		assertEquals(192, cover.getHeight());
	}

	/** The zoo warns of descriptions of more than 512 characters. */
	@Test
	public void onlyClassesAreCutOff() throws IOException {
		var classes = IntStream.range(0, 50).mapToObj(i -> "one-of-many-classes-" + i).toArray(String[]::new);
		var description = description(exported(TinyModel.write(folder, "tiny", classes).toString())).get("description").getAsString();
		assertEquals(512, description.length());
		assertTrue(description.contains("not measured. Licence: none. Classes: one-of-many-classes-0, one-of-many-classes-1, "), description);
		assertTrue(description.endsWith("..."), description);
	}

	/** All files that it names are there, with their hashes. */
	@Test
	public void theFilesAreThoseThatItNames() throws Exception {
		var entries = exported(TinyModel.write(folder, "tiny", "he", "ihc").toString());
		var rdf = description(entries);
		assertFalse(rdf.has("covers"));
		var named = new HashMap<String, String>();
		rdf.getAsJsonArray("attachments").forEach(each -> add(named, each.getAsJsonObject()));
		for (var tensors : new String[] { "inputs", "outputs" })
			rdf.getAsJsonArray(tensors).forEach(each -> add(named, each.getAsJsonObject().getAsJsonObject("test_tensor")));
		add(named, rdf.getAsJsonObject("weights").getAsJsonObject("onnx"));
		assertEquals(Set.of("model.json", "weights.npz", "weights.onnx", "test_l.npy", "test_ab.npy", "test_scores.npy"), named.keySet());
		for (var each : named.entrySet())
			assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(entries.get(each.getKey()))), each.getValue(), each
				.getKey());
	}

	private static void add(Map<String, String> named, JsonObject file) {
		named.put(file.get("source").getAsString(), file.get("sha256").getAsString());
	}

	@Test
	public void onnxRuntimeGivesTheTestTensors() throws Exception {
		var entries = exported("models/microscopy");
		var environment = OrtEnvironment.getEnvironment();
		try (var session = environment.createSession(entries.get("weights.onnx"));
			var input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values(entries.get("test_l.npy"), "(1, 1, 96, 96, )")), new long[] { 1, 1,
				96, 96 });
			var results = session.run(Map.of("l", input)))
		{
			assertArrayEquals(values(entries.get("test_ab.npy"), "(1, 2, 96, 96, )"), ((OnnxTensor) results.get("ab").orElseThrow()).getFloatBuffer().array(),
				1e-3f);
			assertArrayEquals(values(entries.get("test_scores.npy"), "(1, 12, )"), ((OnnxTensor) results.get("scores").orElseThrow()).getFloatBuffer()
				.array(), 1e-4f);
		}
	}

	private static float[] values(byte[] npy, String shape) {
		var bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
		int length = bytes.getShort(8);
		var header = new String(npy, 10, length, StandardCharsets.US_ASCII);
		assertTrue(header.contains("'<f4'") && header.contains(shape), header);
		assertEquals(0, (10 + length) % 64);
		var values = new float[(npy.length - 10 - length) / 4];
		bytes.position(10 + length).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		return values;
	}

	@Test
	public void importGivesTheModelBack() throws IOException {
		// The error map too, which the graph does not have.
		var tiny = TinyModel.withErrorMap(folder, "tiny", "he", "ihc");
		exported(tiny.toString());
		var back = ModelArchive.read(folder.resolve("model.bioimage.zip"), folder.resolve("models"));
		assertEquals(folder.resolve("models/tiny"), back);
		for (var file : new String[] { "model.json", "weights.npz" })
			assertArrayEquals(Files.readAllBytes(tiny.resolve(file)), Files.readAllBytes(back.resolve(file)), file);
		assertFalse(Files.exists(back.resolve("weights.onnx")));
	}
}
