package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import ai.djl.Device;

public class TorchTest {

	@Test
	public void cpuIsAlwaysThere() {
		assertEquals(Device.cpu(), Torch.device("cpu"));
	}

	@Test
	public void unknownDeviceNamesTheKnownOnes() {
		var message = assertThrows(IllegalArgumentException.class, () -> Torch.device("cuda")).getMessage();
		assertEquals("Device is \"cuda\"; must be auto, cpu, gpu, gpu:1 (the second one) or mps.", message);
	}

	@Test
	public void aGpuThatIsNotThereIsNeverReplaced() {
		assumeTrue(Torch.engine().getGpuCount() == 0);
		var message = assertThrows(IllegalArgumentException.class, () -> Torch.device("gpu")).getMessage();
		assertTrue(message.startsWith("Device gpu can't be used: ") && message.endsWith("Use device=cpu."), message);
		assertEquals(Device.cpu(), Torch.device("auto"));
	}
}
