package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

import ai.djl.Device;

public class TorchTest {

	@Test
	public void cpuIsAlwaysThere() {
		assertEquals(Device.cpu(), Torch.device("cpu"));
	}

	/** As the engine's libraries will find it when they are loaded. */
	@Test
	public void onLinuxItsThreadsWaitWithoutSpinning() {
		assumeTrue(Platform.isLinux() && System.getenv("OMP_WAIT_POLICY") == null);
		Torch.engine();
		var getenv = NativeLibrary.getProcess().getFunction("getenv");
		assertEquals("passive", getenv.invokeString(new Object[] { "OMP_WAIT_POLICY" }, false));
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

	@Test
	public void aMachineWithoutPyTorchIsSaid() {
		assertEquals("win-x86_64", Torch.platform("Windows 11", "amd64"));
		assertEquals("osx-aarch64", Torch.platform("Mac OS X", "aarch64"));
		var message = assertThrows(IllegalArgumentException.class, () -> Torch.checkPlatform(Torch.platform("Linux", "i386"))).getMessage();
		assertEquals("This Java runs on linux-i386, for which there is no PyTorch; must be one of linux-x86_64, linux-aarch64, osx-aarch64, " +
			"win-x86_64: use a 64-bit Fiji for your machine.", message);
	}
}
