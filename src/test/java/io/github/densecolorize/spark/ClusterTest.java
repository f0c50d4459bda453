package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;

import io.github.densecolorize.TinyModel;

/**
 * The application on a real HDFS and a real S3 server (Adobe's S3Mock) on this machine: {@code mvn verify -Pcluster}, which fetches 0.8 GB the
 * first time.
 */
@Tag("cluster")
public class ClusterTest {

	private static final Path JARS = Path.of("target/cluster").toAbsolutePath();
	private static final int START_MILLIS = 300_000;
	/** Names that mean something in a URI, in Hadoop or in a shell. A backslash and a line break are none that S3Mock takes. */
	private static final List<String> NAMES = List.of("plain", "with space", "two  spaces", " leading", "trailing ", "\u00e4", "Zellkern \u00b5",
		"\u65e5\u672c\u8a9e", "emoji\ud83d\ude00", "e\u0301", "a+b", "a%b", "a%20b", "a%2Fb", "100%", "a#b", "a?b", "a&b", "a=b", "a;b", "a,b", "a@b",
		"a!b", "a$b", "a'b", "a\"b", "a(b)", "[x]", "{x}", "a^b", "a`b", "a~b", "a|b", "a<b>", "a*b", "UPPER", "dot.dot.dot", "-dash", "--option",
		"tab\tx", "a\u00a0b", "\ufb01", "\u00df", "\u0130", "x".repeat(200), "\u03a9".repeat(60), "sub/a", "sub/\u00e4+#%/b", "sub/\u00e4+#%/c d/e");
	/** Names that only S3 takes. */
	private static final List<String> COLONS = List.of("a:b", "sub/c:d:e");

	@TempDir
	static Path shared;
	private static final List<Process> servers = new ArrayList<>();
	private static S3Front front;
	private static SparkConsole console;
	private static Path in, model, alone;
	private static String hdfs;

	@BeforeAll
	static void start() throws Exception {
		for (var what : List.of("hdfs", "s3", "s3a"))
			SparkConsole.fetch(JARS.resolve(what), "src/cluster/pom.xml", "-P", what);
		int nameNode = freePort(), s3 = freePort();
		hdfs = "hdfs://127.0.0.1:" + nameNode;
		server("hdfs", List.of(), "org.apache.hadoop.mapreduce.MiniHadoopClusterManager", "-nomr", "-format", "-nnport", "" + nameNode);
		server("s3", List.of("-Dhttp.port=" + s3, "-Dserver.port=0", "-Dcom.adobe.testing.s3mock.store.initialBuckets=archive"),
			"com.adobe.testing.s3mock.S3MockApplication");
		awaitServer(nameNode);
		awaitServer(s3);
		front = new S3Front(s3);
		console = new SparkConsole(List.of(JARS.resolve("s3a")), List.of("spark.master=local[2,3]", "spark.hadoop.fs.s3a.endpoint=" + front.endpoint(),
			"spark.hadoop.fs.s3a.access.key=key", "spark.hadoop.fs.s3a.secret.key=secret", "spark.hadoop.fs.s3a.path.style.access=true",
			"spark.hadoop.fs.s3a.endpoint.region=us-east-1", "spark.hadoop.fs.s3a.retry.throttle.limit=1", "spark.hadoop.fs.s3a.attempts.maximum=1",
			"spark.hadoop.fs.s3a.retry.throttle.interval=100ms"));
		model = TinyModel.write(shared, "tiny", "he", "ihc");
		in = shared.resolve("in");
		for (var name : NAMES)
			image(in, name);
		for (var name : COLONS)
			image(in, name);
		alone = shared.resolve("alone");
		assertEquals(0, io.github.densecolorize.cli.Main.commandLine(new io.github.densecolorize.cli.Main()).execute("colorize", in.toString(), "-o",
			alone.toString(), "--model", model.toString()));
	}

	private static void image(Path folder, String name) throws IOException {
		var file = folder.resolve(name + ".png");
		Files.createDirectories(file.getParent());
		new FileSaver(IJ.createImage("", "8-bit ramp", 40 + name.length() % 7, 30, 1)).saveAsPng(file.toString());
	}

	private static int freePort() throws IOException {
		try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void server(String jars, List<String> options, String... program) throws IOException {
		var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx600m", "-cp", JARS.resolve(jars) +
			"/*"));
		command.addAll(options);
		command.addAll(List.of(program));
		servers.add(new ProcessBuilder(command).directory(Files.createDirectories(shared.resolve(jars)).toFile()).redirectErrorStream(true)
			.redirectOutput(shared.resolve(jars + ".log").toFile()).start());
	}

	private static void awaitServer(int port) throws Exception {
		long end = System.currentTimeMillis() + START_MILLIS;
		while (true)
			try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			}
			catch (IOException e) {
				if (System.currentTimeMillis() > end) throw e;
				Thread.sleep(200);
			}
	}

	@AfterAll
	static void stop() throws Exception {
		if (console != null) console.close();
		if (front != null) front.close();
		servers.forEach(Process::destroyForcibly);
	}

	private static void assertSame(String out, List<String> names) throws IOException {
		var copy = Files.createTempDirectory(shared, "copy");
		assertEquals(0, console.copy(out, copy.toUri().toString()).status());
		for (var name : names)
			assertArrayEquals(Files.readAllBytes(alone.resolve(name + ".tif")), Files.readAllBytes(copy.resolve(name + ".tif")), name);
		try (var files = Files.walk(copy)) {
			assertEquals(List.of(), files.filter(file -> file.getFileName().toString().startsWith(".dense")).toList());
		}
	}

	/** HDFS takes no colons: these two are rows that say so. */
	@Test
	public void onHdfsTheBytesAreThoseOfOneMachine() throws Exception {
		var done = console.run("colorize", in, "-o", hdfs + "/out", "--model", model);
		assertEquals(1, done.status(), done.said());
		assertTrue(done.said().contains(NAMES.size() + COLONS.size() + " files: " + NAMES.size() + " colorized, 0 there already, 0 left out, 2 failed."), done
			.said());
		assertSame(hdfs + "/out", NAMES);
		var again = console.run("measure", in, hdfs + "/out");
		assertTrue(again.said().contains(" " + NAMES.size() + " measured, "), again.said());
	}

	/** Five requests an image (is the result there: two; read: two; write: one), and few for the run and its table. */
	@Test
	public void onS3TheBytesAreTheSameForFewRequests() throws Exception {
		assertEquals(0, console.copy(in.toUri().toString(), "s3a://archive/in").status());
		front.taken();
		var done = console.run("colorize", "s3a://archive/in", "-o", "s3a://archive/out", "--model", model);
		var requests = front.taken();
		assertEquals(0, done.status(), done.said());
		int images = NAMES.size() + COLONS.size();
		assertTrue(requests.size() <= 6 * images, requests.size() + " requests: " + requests);
		assertEquals(0, requests.stream().filter(request -> request.startsWith("POST") || request.contains("copy")).count());
		assertTrue(requests.stream().filter(request -> request.contains("_table")).count() <= 3, requests::toString);
		var names = new ArrayList<>(NAMES);
		names.addAll(COLONS);
		assertSame("s3a://archive/out", names);
		for (var command : List.of(List.of("measure", "s3a://archive/in", "s3a://archive/out"), List.of("colorize", "s3a://archive/in", "-o",
			"s3a://archive/out", "--model", model.toString())))
			assertEquals(0, console.run(command.toArray()).status());
	}

	/** A stack in two parts, of which tasks read what they need. */
	@Test
	public void aStackIsReadInParts() throws Exception {
		var stacks = Files.createDirectories(shared.resolve("stacks"));
		new FileSaver(IJ.createImage("", "8-bit ramp", 600, 500, 5)).saveAsTiffStack(stacks.resolve("stack.tif").toString());
		assertEquals(0, io.github.densecolorize.cli.Main.commandLine(new io.github.densecolorize.cli.Main()).execute("colorize", stacks.toString(), "-o",
			alone.toString(), "--model", model.toString()));
		for (var place : List.of("s3a://archive", hdfs)) {
			assertEquals(0, console.copy(stacks.toUri().toString(), place + "/stacks").status());
			var done = console.run("colorize", place + "/stacks", "-o", place + "/coloured", "--model", model, "--split", 1);
			assertEquals(0, done.status(), done.said());
			assertTrue(done.said().contains("1 files: 1 colorized, "), done.said());
			assertSame(place + "/coloured", List.of("stack"));
		}
	}

	/** One answer of 503 passes, as the task is tried again; if a file gets no other one, it is a row, and the others are done. */
	@Test
	public void aBusyServerIsAskedAgain() throws Exception {
		var few = shared.resolve("few");
		for (var name : List.of("a", "b", "c"))
			image(few, name);
		var asked = new AtomicInteger();
		front.setBusy(request -> request.matches("PUT .*/b\\.tif") && asked.getAndIncrement() < 2);
		var passed = console.run("colorize", few, "-o", "s3a://archive/passed", "--model", model);
		assertEquals(0, passed.status(), passed.said());
		front.setBusy(request -> request.matches("PUT .*/b\\.tif"));
		var failed = console.run("colorize", few, "-o", "s3a://archive/failed", "--model", model);
		front.setBusy(request -> false);
		assertEquals(1, failed.status(), failed.said());
		assertTrue(failed.said().contains("3 files: 2 colorized, 0 there already, 0 left out, 1 failed."), failed.said());
		assertTrue(failed.said().contains("b.png: Output s3a://archive/failed/b.tif can't be written ("), failed.said());
	}

	@Test
	public void aDataSetIsWrittenToItsPlace() throws Exception {
		var colours = shared.resolve("colours");
		for (int i = 1; i <= 3; i++) {
			Files.createDirectories(colours.resolve("he"));
			var slide = new ColorProcessor(40 + i, 40);
			for (int p = 0; p < slide.getPixelCount(); p++)
				slide.set(p, 0x900000 + 5 * (p % 40));
			new FileSaver(new ImagePlus("", slide)).saveAsPng(colours.resolve("he/" + i + ".png").toString());
		}
		for (var place : List.of("s3a://archive/sets", hdfs + "/sets")) {
			var made = console.run("dataset", colours, "-o", place + "/set.h5", "--size", 16);
			assertEquals(0, made.status(), made.said());
			assertTrue(made.said().contains("3 files: 3 used, "), made.said());
			var copy = Files.createTempDirectory(shared, "set");
			console.copy(place, copy.toUri().toString());
			// HDF5 files begin so.
			assertEquals("HDF", new String(Files.readAllBytes(copy.resolve("set.h5")), 1, 3));
		}
	}

	@Test
	public void aMissingBucketIsToldInASentence() throws Exception {
		assertTrue(console.run("colorize", "s3a://none/in", "-o", "s3a://archive/out", "--model", model).said().contains(
			"Folder s3a://none/in can't be used (there is no such bucket); check its name,"));
	}
}
