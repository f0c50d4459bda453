package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/** In a Java of its own, as PyTorch writes past Java to the process's stderr. */
public class NnpackTest {

	/** Small convolutions, of which PyTorch would ask NNPACK; on processors that it knows there is nothing to see. */
	static final class SmallConvolutions {

		public static void main(String[] args) {
			try (var manager = Torch.engine().newBaseManager()) {
				for (int maps = 1; maps < 20; maps++)
					Conv2d.conv2d(manager.ones(new Shape(1, 4, 8, 8)), manager.ones(new Shape(maps, 4, 3, 3)));
			}
		}
	}

	@Test
	public void noConvolutionWritesToStderr() throws IOException, InterruptedException {
		var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		var process = new ProcessBuilder(List.of(java, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", System.getProperty(
			"java.class.path"), SmallConvolutions.class.getName())).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		var errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals("", errors);
		assertEquals(0, process.waitFor());
	}
}
