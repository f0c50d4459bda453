package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process with Spark as {@code src/spark/pom.xml} gives it, in which {@link Console} runs one command after the other, as Spark takes long to start. */
final class SparkConsole implements AutoCloseable {

	private static final Path SPARK = Path.of("target/spark/jars").toAbsolutePath();

	/**
	 * @param status exit status
	 * @param said on both outputs
	 */
	record Run(int status, String said) {

		/** The table that it made. */
		String table() {
			return said.substring(said.indexOf("Table: ") + 7).lines().findFirst().orElseThrow();
		}

		/** How many bytes it has read at {@code remote://}. */
		long read() {
			return Long.parseLong(said.substring(said.indexOf(Console.READ) + Console.READ.length()).lines().findFirst().orElseThrow());
		}

		/** The rows of one of several tables that were shown, their cells with bars between. */
		List<String> rows(int table) {
			var begin = "table " + table + " row ";
			return said.lines().filter(line -> line.startsWith(begin)).map(line -> line.substring(begin.length())).toList();
		}
	}

	private final Process process;
	private final PrintWriter told;
	private final BufferedReader says;

	/**
	 * @param jars folders with more jars than Spark's
	 * @param properties of Java, such as {@code spark.hadoop.fs.s3a.endpoint=...}
	 */
	SparkConsole(List<Path> jars, List<String> properties) throws Exception {
		fetch(SPARK, "src/spark/pom.xml");
		process = java(jars, properties, Console.class.getName()).start();
		told = new PrintWriter(process.outputWriter());
		says = process.inputReader();
	}

	/**
	 * Has Maven copy jars, unless they are there.
	 *
	 * @param options of Maven's
	 */
	static void fetch(Path jars, String pom, String... options) throws Exception {
		if (Files.exists(jars)) return;
		var repository = Optional.ofNullable(System.getProperty("localRepository")).map(path -> "-Dmaven.repo.local=" + path);
		var command = Stream.of(Stream.of("mvn", "-B", "-q", "-f", pom), Arrays.stream(options), repository.stream(), Stream.of(
			"dependency:copy-dependencies", "-DoutputDirectory=" + jars + ".part")).flatMap(s -> s).toList();
		assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), () -> String.join(" ", command));
		Files.move(Path.of(jars + ".part"), jars);
	}

	/** Runs the application. */
	Run run(Object... arguments) throws IOException {
		return tell(Console.APPLICATION, arguments);
	}

	/** @param tables each with its columns */
	Run shown(Object... tables) throws IOException {
		var shown = tell(Console.TABLES, tables);
		assertEquals(0, shown.status, shown.said);
		return shown;
	}

	/** Copies a folder. */
	Run copy(String from, String to) throws IOException {
		return tell(Console.COPY, from, to);
	}

	private Run tell(String program, Object... arguments) throws IOException {
		Stream.concat(Stream.of(program), Stream.of(arguments)).forEach(argument -> told.println(argument));
		told.println();
		told.flush();
		var said = new StringBuilder();
		var line = says.readLine();
		for (; line != null && !line.startsWith(Console.STATUS); line = says.readLine())
			said.append(line).append('\n');
		if (line == null) throw new IOException("The program has ended: " + said);
		return new Run(Integer.parseInt(line.substring(Console.STATUS.length())), said.toString());
	}

	/** A program with Spark in a process of its own; what it says on both outputs is its output. */
	static ProcessBuilder java(List<Path> jars, List<String> properties, Object... arguments) throws Exception {
		var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
		command.addAll(opened());
		var own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(path -> !Path.of(path).getFileName()
			.toString().startsWith("slf4j"));
		var more = Stream.concat(Stream.of(SPARK), jars.stream()).map(folder -> folder + File.separator + "*");
		command.addAll(List.of("-cp", Stream.concat(more, own).collect(Collectors.joining(File.pathSeparator)), "-Dspark.master=local[2]",
			"-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1", "-Dspark.driver.bindAddress=127.0.0.1",
			"-Dlog4j2.configurationFile=src/spark/log4j2.properties", "-Dspark.hadoop.fs.remote.impl=" + LocalCopiesTest.Remote.class.getName()));
		properties.forEach(property -> command.add("-D" + property));
		Arrays.stream(arguments).map(Object::toString).forEach(command::add);
		return new ProcessBuilder(command).redirectErrorStream(true);
	}

	/** What Spark's launcher opens of Java's modules. */
	private static List<String> opened() throws Exception {
		try (var jars = Files.list(SPARK)) {
			var launcher = jars.filter(jar -> jar.getFileName().toString().startsWith("spark-launcher")).findFirst().orElseThrow();
			try (var loader = new URLClassLoader(new URL[] { launcher.toUri().toURL() })) {
				return List.of((String[]) loader.loadClass("org.apache.spark.launcher.JavaModuleOptions").getMethod("defaultModuleOptionArray").invoke(
					null));
			}
		}
	}

	@Override
	public void close() throws Exception {
		told.close();
		assertEquals(0, process.waitFor());
	}
}
