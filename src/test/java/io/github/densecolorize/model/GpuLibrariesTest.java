package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

/** With a publisher of its own, since the real libraries take gigabytes. */
public class GpuLibrariesTest {

	private static final String LINUX = "linux-x86_64", AT = "/pytorch/2.7.1/";
	private static final Optional<CudaDriver> GOOD = Optional.of(new CudaDriver(12080, 1));

	@TempDir
	private Path cache;
	private HttpServer server;
	private final List<String> asked = new ArrayList<>();
	private final byte[] torch = new byte[3 << 20], cudart = { 1, 2, 3 };

	@BeforeEach
	void publish() throws IOException {
		new SplittableRandom(1).nextBytes(torch);
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		serve("files.txt", ("cpu/linux-x86_64/native/lib/libtorch.so.gz\ncu128/linux-x86_64/native/lib/libcudart-218eec4c.so.12.gz\n" +
			"cu128-precxx11/linux-x86_64/native/lib/libtorch.so.gz\ncu128/linux-x86_64/native/lib/libtorch.so.gz\n").getBytes());
		serve("cu128/linux-x86_64/native/lib/libcudart-218eec4c.so.12.gz", packed(cudart));
		server.start();
	}

	@AfterEach
	void close() {
		server.stop(0);
	}

	private void serve(String name, byte[] content) {
		server.createContext(AT + name, exchange -> {
			asked.add(exchange.getRequestMethod() + " " + name.replaceFirst(".*/", ""));
			boolean head = exchange.getRequestMethod().equals("HEAD");
			exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
			exchange.sendResponseHeaders(200, head ? -1 : content.length);
			if (!head) exchange.getResponseBody().write(content);
			exchange.close();
		});
	}

	private void serveTorch(byte[] content) {
		serve("cu128/linux-x86_64/native/lib/libtorch.so.gz", content);
	}

	private static byte[] packed(byte[] content) throws IOException {
		var bytes = new ByteArrayOutputStream();
		try (var out = new GZIPOutputStream(bytes)) {
			out.write(content);
		}
		return bytes.toByteArray();
	}

	private Path install(String platform, List<Long> progress) throws IOException {
		return GpuLibraries.install("http://localhost:" + server.getAddress().getPort() + "/pytorch", platform, cache.resolve("libraries"), (done,
			total) -> {
			assertEquals(3, total);
			progress.add(done);
		});
	}

	@Test
	public void theLibrariesOfThePlatformAreFetchedAndUnpacked() throws IOException {
		serveTorch(packed(torch));
		var progress = new ArrayList<Long>();
		var folder = install(LINUX, progress);
		assertEquals(cache.resolve("libraries"), folder);
		assertArrayEquals(torch, Files.readAllBytes(folder.resolve("libtorch.so")));
		assertEquals(List.of(0L, 1L, 2L, 3L), progress.stream().distinct().toList());
		assertArrayEquals(cudart, Files.readAllBytes(cache.resolve("libraries-runtime/libcudart.so")));
		try (var files = Files.list(cache)) {
			assertEquals(2, files.count());
		}
	}

	@Test
	public void aDamagedFileIsSaidAndWhatWasWholeIsNotFetchedAgain() throws IOException {
		var damaged = packed(torch);
		damaged[damaged.length / 2] ^= 1;
		serveTorch(damaged);
		var message = assertThrows(IOException.class, () -> install(LINUX, new ArrayList<>())).getMessage();
		assertTrue(message.contains(AT) && message.contains("try again to go on"), message);
		assertFalse(Files.exists(cache.resolve("libraries")));

		server.removeContext(AT + "cu128/linux-x86_64/native/lib/libtorch.so.gz");
		serveTorch(packed(torch));
		asked.clear();
		var folder = install(LINUX, new ArrayList<>());
		assertFalse(asked.contains("GET libcudart-218eec4c.so.12.gz"), asked.toString());
		assertArrayEquals(cudart, Files.readAllBytes(folder.resolve("libcudart-218eec4c.so.12")));
		assertArrayEquals(torch, Files.readAllBytes(folder.resolve("libtorch.so")));
	}

	@Test
	public void aStopLeavesNoFolderThatWouldBeUsed() throws IOException {
		serveTorch(packed(torch));
		assertThrows(CancellationException.class, () -> GpuLibraries.install("http://localhost:" + server.getAddress().getPort() + "/pytorch/",
			LINUX, cache.resolve("libraries"), (done, total) -> {
				if (done == 2) throw new CancellationException();
			}));
		assertFalse(Files.exists(cache.resolve("libraries")));
		assertFalse(Files.exists(cache.resolve("libraries.part/libtorch.so")));
	}

	@Test
	public void aCopyOnADiskWillDo() throws IOException {
		var copy = Files.createDirectories(cache.resolve("copy/2.7.1/cu128/win-x86_64/native/lib"));
		Files.write(cache.resolve("copy/2.7.1/files.txt"), List.of("cu128/win-x86_64/native/lib/torch.dll.gz"));
		Files.write(copy.resolve("torch.dll.gz"), packed(torch));
		var folder = GpuLibraries.install(cache.resolve("copy").toUri().toString(), "win-x86_64", cache.resolve("libraries"), (done, total) -> {});
		assertArrayEquals(torch, Files.readAllBytes(folder.resolve("torch.dll")));
	}

	@Test
	public void whatIsNotPublishedIsSaid() {
		assertTrue(assertThrows(IOException.class, () -> install("linux-riscv64", new ArrayList<>())).getMessage().contains(
			"it has no cu128 for linux-riscv64"));
		var source = "http://localhost:" + server.getAddress().getPort() + "/elsewhere";
		assertTrue(assertThrows(IOException.class, () -> GpuLibraries.install(source, LINUX, cache.resolve("libraries"), (done, total) -> {}))
			.getMessage().contains("FileNotFoundException"));
	}

	@Test
	public void theReasonNamesTheStepToTake() {
		assertEquals("PyTorch for CUDA is made for linux-x86_64 and win-x86_64, not for osx-aarch64.", GpuLibraries.whyUnused("osx-aarch64", GOOD,
			false));
		assertEquals("no NVIDIA driver was found; if this machine has an NVIDIA GPU, install its driver.", GpuLibraries.whyUnused(LINUX, Optional
			.empty(), true));
		assertEquals("the NVIDIA driver finds no GPU that it can use.", GpuLibraries.whyUnused(LINUX, Optional.of(new CudaDriver(12080, 0)), true));
		assertEquals("the NVIDIA driver is made for CUDA 11.4; must be 12.0 or newer: update the driver.", GpuLibraries.whyUnused(LINUX, Optional
			.of(new CudaDriver(11040, 1)), false));
		assertTrue(GpuLibraries.whyUnused(LINUX, GOOD, false).endsWith("action \"install gpu\", or with dense-colorize device --install-gpu."));
		assertTrue(GpuLibraries.whyUnused(LINUX, GOOD, true).endsWith("restart the program."));
		assertTrue(GpuLibraries.whyUnused("win-x86_64", GOOD, true).contains("CUDA Toolkit 12"));
	}

	@Test
	public void theyAreOfTheEnginesVersion() {
		assertEquals(GpuLibraries.VERSION, Torch.engine().getVersion());
	}
}
