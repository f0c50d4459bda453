package io.github.densecolorize.spark;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The application for {@code spark-submit}: the jobs of the command line, over folders of any size, on the machines of a cluster. Exit status:
 * 0 if everything asked for was done, 1 if not, 2 for a wrong command.
 */
@Command(name = "dense-colorize-spark", mixinStandardHelpOptions = true, versionProvider = io.github.densecolorize.cli.Main.Version.class, description = {
	"Colorizes, measures and collects images on Apache Spark, a file a task.",
	"Folders may be of any file system that Hadoop knows, such as /data, hdfs://host/data or s3a://bucket/data, if all machines see the same." }, subcommands = {
		ColorizeCommand.class, MeasureCommand.class, DatasetCommand.class })
public final class Main implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	public static void main(String[] args) {
		System.setProperty("java.awt.headless", "true");
		var command = io.github.densecolorize.cli.Main.commandLine(new Main());
		// If Spark works in this program, ImageJ complains about files on stdout, too; the table tells of them in sentences instead.
		System.setOut(new PrintStream(OutputStream.nullOutputStream()));
		System.exit(io.github.densecolorize.cli.Main.run(command, args));
	}

	@Override
	public Integer call() {
		throw new ParameterException(spec.commandLine(), "No command was given; one of " + String.join(", ", spec.subcommands().keySet()) +
			" is needed.");
	}
}
