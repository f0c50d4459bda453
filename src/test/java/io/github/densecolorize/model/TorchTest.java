package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

import ai.djl.Device;

public class TorchTest {

	@Test
	public void cpuIsAlwaysThere() {
		assertEquals(Device.cpu(), Torch.device("cpu"));
	}

	/** As the engine's libraries find it when they are loaded; programs that are started from here don't. */
	@Test
	public void onLinuxItsThreadsWaitWithoutSpinning() {
		assumeTrue(Platform.isLinux() && System.getenv("OMP_WAIT_POLICY") == null);
		Torch.engine();
		var getenv = NativeLibrary.getProcess().getFunction("getenv");
		assertNull(getenv.invokeString(new Object[] { "OMP_WAIT_POLICY" }, false));
		Glibc.tune();
		assertEquals("passive", getenv.invokeString(new Object[] { "OMP_WAIT_POLICY" }, false));
		Glibc.unset();
		assertNull(getenv.invokeString(new Object[] { "OMP_WAIT_POLICY" }, false));
	}

	/** Other plugins may let DJL download, and choose their libraries. */
	@Test
	public void settingsOfDjlAreSetBack() {
		Torch.engine();
		for (var name : List.of("ai.djl.offline", "PYTORCH_LIBRARY_PATH", "PYTORCH_FLAVOR"))
			assertNull(System.getProperty(name), name);
		System.setProperty("ai.djl.offline", "theirs");
		try (var settings = new Properties()) {
			settings.set("ai.djl.offline", "true");
			settings.set("ai.djl.offline", "false");
			settings.set("densecolorize.test", "x");
			assertEquals("false", System.getProperty("ai.djl.offline"));
		}
		assertEquals("theirs", System.clearProperty("ai.djl.offline"));
		assertNull(System.getProperty("densecolorize.test"));
	}

	/** What a program leaves that is killed while the engine's libraries are unpacked. */
	@Test
	public void oldFoldersOfTheEnginesCacheAreSwept(@TempDir Path cache) throws IOException {
		for (var name : List.of("tmp1", "tmp2", "2.7.1-cpu"))
			Files.writeString(Files.createDirectory(cache.resolve(name)).resolve("libtorch.so"), "half");
		for (var name : List.of("tmp1", "2.7.1-cpu"))
			Files.setLastModifiedTime(cache.resolve(name), FileTime.from(Instant.now().minus(Duration.ofHours(25))));
		EngineCache.sweep(cache);
		EngineCache.sweep(cache.resolve("none"));
		try (var files = Files.list(cache)) {
			assertEquals(List.of("2.7.1-cpu", "tmp2"), files.map(f -> f.getFileName().toString()).sorted().toList());
		}
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
