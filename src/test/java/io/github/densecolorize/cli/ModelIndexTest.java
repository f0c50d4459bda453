package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;

/** Models that are fetched from a web server of this machine. */
public class ModelIndexTest {

	@TempDir
	private Path folder;
	private Path served, models, tiny;
	private HttpServer server;
	/** After so many bytes the server hangs up. */
	private int most = Integer.MAX_VALUE;
	/** Whether it sends parts of a file when asked to. */
	private boolean knowsRanges = true;
	private final List<String> asked = new ArrayList<>();

	@BeforeEach
	void start() throws IOException {
		served = Files.createDirectory(folder.resolve("served"));
		models = folder.resolve("models");
		System.setProperty(Models.FOLDER_PROPERTY, models.toString());
		tiny = TinyModel.write(Files.createDirectory(folder.resolve("mine")), "tiny", "he", "ihc");
		assertEquals(0, Shell.run("export", tiny, "-o", served.resolve("tiny.zip")).status());
		var listed = Shell.run("index", served);
		assertEquals(served.resolve("models.json") + " lists 1 model.", listed.out().strip(), listed.err());
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", this::answer);
		server.start();
	}

	@AfterEach
	void stop() {
		server.stop(0);
		System.clearProperty(Models.FOLDER_PROPERTY);
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			var file = served.resolve(exchange.getRequestURI().getPath().replaceFirst(".*/", ""));
			var range = exchange.getRequestHeaders().getFirst("Range");
			asked.add(file.getFileName() + " " + range);
			if (!Files.exists(file)) {
				exchange.sendResponseHeaders(404, -1);
				return;
			}
			var bytes = Files.readAllBytes(file);
			int from = range == null || !knowsRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
			exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
			exchange.getResponseBody().write(bytes, from, Math.min(most, bytes.length - from));
		}
	}

	private String address() {
		return "http://127.0.0.1:" + server.getAddress().getPort() + "/list/";
	}

	private void assertInstalled() throws IOException {
		assertArrayEquals(Files.readAllBytes(tiny.resolve("weights.npz")), Files.readAllBytes(models.resolve("tiny/weights.npz")));
		try (var left = Files.list(models)) {
			assertEquals(List.of(models.resolve("tiny")), left.toList());
		}
	}

	@Test
	public void aModelIsFetchedByItsName() throws IOException {
		var before = Shell.run("models", "--available", "--index", address());
		assertEquals(0, before.status(), before.err());
		assertTrue(before.out().matches("(?s)tiny\n  classes   he, ihc\n  licence   none\n  version   [0-9a-f]{12}, 0\\.0 MB, not installed\n"), before.out());
		assertFalse(Files.exists(models));
		var done = Shell.run("models", "--get", "tiny", "--index", address());
		assertEquals("Model " + models.resolve("tiny") + " is installed.", done.out().strip(), done.err());
		assertInstalled();
		assertTrue(Shell.run("models", "--available", "--index", address() + "models.json").out().contains(" MB, installed\n"));
		assertEquals(List.of("Model folder " + models.resolve("tiny") + " exists; remove it first, or rename it."), Shell.run("models", "--get", "tiny",
			"--index", address()).errors());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	public void whatWasInterruptedGoesOn(boolean ranges) throws IOException {
		knowsRanges = ranges;
		most = 1000;
		var stopped = Shell.run("models", "--get", "tiny", "--index", address());
		assertEquals(1, stopped.status());
		assertTrue(stopped.err().contains("after 1000 of " + Files.size(served.resolve("tiny.zip")) + " bytes. Try again; it goes on from there."), stopped
			.err());
		assertEquals("", Shell.run("models", models).out());
		most = Integer.MAX_VALUE;
		var done = Shell.run("models", "--get", "tiny", "--index", address());
		assertEquals(0, done.status(), done.err());
		assertEquals("tiny.zip bytes=1000-", asked.get(asked.size() - 1));
		assertInstalled();
	}

	@Test
	public void aChangedByteIsFound() throws IOException {
		var bytes = Files.readAllBytes(served.resolve("tiny.zip"));
		bytes[bytes.length / 2] ^= 1;
		Files.write(served.resolve("tiny.zip"), bytes);
		var refused = Shell.run("models", "--get", "tiny", "--index", address());
		assertEquals(1, refused.status());
		assertTrue(refused.err().contains("is not the one that the list names (its SHA-256 differs); nothing was installed."), refused.err());
		try (var left = Files.list(models)) {
			assertEquals(List.of(), left.toList());
		}
	}

	/** The address, and what is said about it. */
	private Stream<String[]> unreadable() throws IOException {
		Files.writeString(served.resolve("text.json"), "no list");
		Files.writeString(served.resolve("new.json"), "{\"format\": 2, \"models\": []}");
		var list = Files.readString(served.resolve("models.json"));
		Files.writeString(served.resolve("name.json"), list.replace("\"tiny\"", "\"../tiny\""));
		Files.writeString(served.resolve("large.json"), list.replaceAll("\"bytes\": \\d+", "\"bytes\": 9999999999"));
		return Stream.of(new String[][] { { "none.json", "it is not there" }, { "text.json", "" }, { "new.json", "its format is 2; this version reads 1" },
			{ "name.json", "entry \"../tiny\" has a name that must begin with" }, { "large.json", "has 9999999999 bytes" } });
	}

	@Test
	public void aBadListIsRefused() throws IOException {
		for (var bad : unreadable().toList()) {
			var refused = Shell.run("models", "--available", "--index", address() + bad[0]);
			assertEquals(1, refused.status());
			assertEquals(1, refused.errors().size(), refused.err());
			assertTrue(refused.err().startsWith("The list of models " + address() + bad[0] + " can't be read: ") && refused.err().contains(bad[1]), refused
				.err());
		}
		assertEquals(List.of("Model is \"other\"; the list " + address() + "models.json has tiny."), Shell.run("models", "--get", "other", "--index",
			address()).errors());
		assertEquals(List.of("No list of models was given; add --index with its address."), Shell.run("models", "--available").errors());
		assertTrue(Shell.run("models", "--available", "--index", "gopher://server/models.json").err().contains(
			"it begins with gopher, must be http, https or file"));
		Files.writeString(served.resolve("models.json"), Files.readString(served.resolve("models.json")).replace("tiny.zip", "file:///etc/passwd"));
		assertTrue(Shell.run("models", "--get", "tiny", "--index", address()).err().contains("which is not on the web; it was not fetched."));
	}

	/** A list on a disk, for machines without a network. */
	@Test
	public void aDiskServesAsWell() throws IOException {
		var done = Shell.run("models", "--get", "tiny", "--index", served + "/");
		assertEquals(0, done.status(), done.err());
		assertInstalled();
		assertEquals(List.of(), asked);
	}
}
