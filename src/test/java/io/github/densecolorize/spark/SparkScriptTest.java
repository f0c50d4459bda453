package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code scripts/dense-colorize-spark} gives {@code spark-submit}: one that only prints its arguments, a line each. */
@DisabledOnOs(OS.WINDOWS)
public class SparkScriptTest {

	@TempDir
	Path folder;
	private Path root;

	@BeforeEach
	void makeRoot() throws IOException {
		root = folder.toRealPath().resolve("root");
		program("root/scripts/dense-colorize", "");
		program("spark/bin/spark-submit", "printf '%s\\n' \"$@\"");
		Files.copy(Path.of("scripts/dense-colorize-spark"), root.resolve("scripts/dense-colorize-spark"));
		Files.createDirectories(root.resolve("target/dependency"));
		for (var jar : List.of("dependency/a.jar", "dependency/slf4j-api.jar", "dense-colorize-1.jar", "dense-colorize-1-spark.jar"))
			Files.createFile(root.resolve("target").resolve(jar));
	}

	private void program(String name, String text) throws IOException {
		var file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, "#!/bin/sh\n" + text + "\n");
		file.toFile().setExecutable(true);
	}

	private List<String> submitted(String... arguments) throws Exception {
		var command = new ArrayList<>(List.of("sh", root.resolve("scripts/dense-colorize-spark").toString()));
		command.addAll(List.of(arguments));
		var builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
		var process = builder.start();
		var lines = process.inputReader().lines().toList();
		assertEquals(0, process.waitFor(), lines::toString);
		return lines;
	}

	private List<String> expected(List<String> before, String moreJars, List<String> after) {
		var target = root.resolve("target");
		var all = new ArrayList<>(before);
		all.addAll(List.of("--class", "io.github.densecolorize.spark.Main", "--jars", target.resolve("dependency/a.jar") + "," + target.resolve(
			"dense-colorize-1.jar") + moreJars, target.resolve("dense-colorize-1-spark.jar").toString()));
		all.addAll(after);
		return all;
	}

	@Test
	public void withoutAMarkAllArgumentsAreTheApplications() throws Exception {
		assertEquals(expected(List.of(), "", List.of("colorize", "a b", "-o", "c")), submitted("colorize", "a b", "-o", "c"));
	}

	/** A path of the application may be called like an option of Spark's. */
	@Test
	public void jarsOfTheUserAreAddedToOurs() throws Exception {
		assertEquals(expected(List.of("--packages", "x:y:1", "--master", "m"), ",/my/b.jar,/my/c.jar,/d.jar", List.of("colorize", "--jars", "in")), submitted(
			"--packages", "x:y:1", "--jars", "/my/b.jar,/my/c.jar", "--master", "m", "--jars=/d.jar", "--", "colorize", "--jars", "in"));
	}
}
