package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.TinyModel;

public class MainTest {

	@TempDir
	private Path folder;

	/** What is in a file is no part of the command, whatever the file is called. */
	@Test
	public void aFileMayBeginWithAnAt() throws IOException {
		Files.writeString(folder.resolve("arguments"), "--help");
		var done = Shell.run("measure", "@" + folder.resolve("arguments"));
		assertEquals(1, done.status());
		assertTrue(done.err().startsWith("File @" + folder.resolve("arguments") + " does not exist"), done.err());
	}

	@Test
	public void theClosestOptionOrCommandIsOffered() {
		assertEquals("Unknown option: '--modle' (did you mean --model?). See dense-colorize colorize --help.", Shell.run("colorize", "x.tif", "-o",
			"y.tif", "--modle", "z").err().strip());
		assertTrue(Shell.run("colorise", "x.tif").err().contains(" (did you mean colorize"), Shell.run("colorise", "x.tif").err());
		assertEquals("Unknown option: '--qqq'. See dense-colorize device --help.", Shell.run("device", "--qqq").err().strip());
	}

	@Test
	public void namesDontSteerATerminal() {
		var written = new StringWriter();
		var out = new PrintWriter(new PlainWriter(written));
		out.print("a\u001b[31mb\r\n\tc\u009b2J\u0007");
		out.write('\u001b');
		out.flush();
		assertEquals("a?[31mb\r\n\tc?2J??", written.toString());
	}

	/** A command with a bug in one of two parts. */
	@Command(name = "buggy")
	static final class Buggy implements Callable<Integer> {

		@Spec
		private CommandSpec spec;
		@Parameters
		private boolean whole;

		@Override
		public Integer call() {
			if (whole) throw new IllegalStateException("of the whole");
			var batch = new FileBatch(spec, false, () -> {});
			boolean first = batch.attempt(Path.of("one"), () -> {
				throw new IllegalStateException("of a part");
			});
			boolean second = batch.attempt(Path.of("two"), () -> spec.commandLine().getOut().println("went on"));
			return !first && second ? 1 : 0;
		}
	}

	private static Shell run(boolean whole) {
		StringWriter out = new StringWriter(), err = new StringWriter();
		int status = Main.run(Main.commandLine(new Buggy()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), String.valueOf(whole));
		return new Shell(status, out.toString(), err.toString());
	}

	@Test
	public void aBugIsSaidToBeOneAndEndsNoBatch() {
		var whole = run(true);
		assertEquals(1, whole.status());
		assertTrue(whole.err().startsWith("This is a bug in Dense Colorize development build (java.lang.IllegalStateException: of the whole); " +
			"please report it, with the lines of the log.\n"), whole.err());
		assertTrue(whole.err().contains("at io.github.densecolorize.cli.MainTest$Buggy.call"), whole.err());
		var part = run(false);
		assertEquals(1, part.status());
		assertEquals("went on\n", part.out());
		assertTrue(part.err().startsWith("one: This is a bug in Dense Colorize"), part.err());
	}

	/**
	 * As a program of its own, without a language, as a job of cron is: what can't be done is a line on stderr, the rest is done, and nothing else
	 * is on stdout.
	 */
	@Test
	public void aProgramWithoutALanguageDoesWhatItCan() throws Exception {
		var in = Files.createDirectory(folder.resolve("in"));
		Shell.grayStack(in.resolve("good.tif"), 20, 20, 1);
		Files.writeString(in.resolve("broken.fits"), "SIMPLE  =                    T");
		assumeTrue(new ProcessBuilder("bash", "-c", "cp '" + in + "/good.tif' '" + in + "/'$'F\\xc3\\xa4rbung.tif'").start().waitFor() == 0);
		var out = folder.resolve("out");
		var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp", System
			.getProperty("java.class.path"), Main.class.getName(), "colorize", in.toString(), "-o", out.toString(), "--device", "cpu", "--model", TinyModel
				.write(folder, "tiny", "he").toString());
		builder.environment().put("LC_ALL", "C");
		var errors = folder.resolve("errors");
		var process = builder.redirectError(errors.toFile()).start();
		var said = new String(process.getInputStream().readAllBytes()).lines().toList();
		assertEquals(1, process.waitFor());
		assertEquals(2, said.size(), said.toString());
		assertTrue(said.get(0).contains("good.tif -> "), said.get(0));
		assertEquals("3 files: 1 colorized, 0 there already, 0 left out, 2 failed.", said.get(1));
		assertEquals(2, Files.readAllLines(errors, StandardCharsets.ISO_8859_1).size(), Files.readString(errors, StandardCharsets.ISO_8859_1));
		try (var files = Files.list(out)) {
			assertEquals(List.of("good.tif"), files.map(f -> f.getFileName().toString()).toList());
		}
	}

	/** Wrong uses of train that were found after an epoch, or with a trace. */
	@Test
	public void placesWhereNoModelCanBeAreSaidAtOnce() throws IOException {
		var file = Files.createFile(folder.resolve("file"));
		for (var place : new Object[] { "/", file, file.resolve("model"), folder.resolve("CON") }) {
			var done = Shell.run("train", folder.resolve("none.h5"), "-o", place, "--epochs", 1, "--device", "cpu");
			assertEquals(1, done.status());
			assertEquals(1, done.errors().size(), done.err());
			assertFalse(done.err().contains("none.h5"), done.err());
		}
	}
}
