package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First runs of {@code scripts/dense-colorize}, with a Maven that builds nothing and takes a second for it, and a Java that says what it got. */
public class FirstRunTest {

	@TempDir
	private Path root;

	@BeforeEach
	void make() throws IOException {
		assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
		Files.createDirectories(root.resolve("src/main"));
		Files.createFile(root.resolve("pom.xml"));
		Files.copy(Path.of("scripts/dense-colorize"), Files.createDirectory(root.resolve("scripts")).resolve("dense-colorize"));
		Files.createFile(root.resolve("scripts/Script.ijm"));
		Files.createDirectory(root.resolve("bin"));
		program("mvn", "echo built >>'" + root.resolve("builds") + "'; sleep 1; mkdir -p '" + root.resolve("target/dependency") + "'");
		program("java", "test -d '" + root.resolve("target/dependency") + "' && echo ran");
	}

	private void program(String name, String work) throws IOException {
		var file = Files.writeString(root.resolve("bin").resolve(name), "#!/bin/sh\n" + work + "\n");
		assertTrue(file.toFile().setExecutable(true));
	}

	private Process start() throws IOException {
		var builder = new ProcessBuilder("/bin/sh", root.resolve("scripts/dense-colorize").toString(), "device");
		builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
		builder.environment().remove("JAVA_HOME");
		return builder.start();
	}

	private static String text(Process process) throws IOException {
		return new String(process.getInputStream().readAllBytes());
	}

	@Test
	public void ofTwoAtOnceOneBuildsAndTheOtherWaits() throws Exception {
		Process one = start(), other = start();
		assertEquals("ran\n", text(one));
		assertEquals("ran\n", text(other));
		assertEquals(List.of(0, 0), List.of(one.waitFor(), other.waitFor()));
		assertEquals(List.of("built"), Files.readAllLines(root.resolve("builds")));
		var said = new String(one.getErrorStream().readAllBytes()) + new String(other.getErrorStream().readAllBytes());
		assertTrue(said.contains(" is building; waiting for it."), said);
	}

	/** The system takes the lock back: nobody waits for ever. */
	@Test
	public void aBuildThatWasKilledIsMadeAnew() throws Exception {
		var killed = start();
		while (!Files.exists(root.resolve("builds")))
			Thread.sleep(10);
		killed.descendants().forEach(ProcessHandle::destroyForcibly);
		killed.destroyForcibly().waitFor();
		var next = start();
		assertEquals("ran\n", text(next));
		assertEquals(0, next.waitFor());
		assertEquals(2, Files.readAllLines(root.resolve("builds")).size());
	}
}
