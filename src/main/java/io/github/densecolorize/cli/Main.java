package io.github.densecolorize.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import io.github.densecolorize.colorize.Bug;

/** The command line {@code dense-colorize}. Exit status: 0 if everything asked for was done, 1 if not, 2 for a wrong command. */
@Command(name = "dense-colorize", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Colorizes grayscale images and stacks with a densely connected neural network.", subcommands = {
	ColorizeCommand.class, ContactSheetCommand.class, MethodsCommand.class, EvaluateCommand.class, CompareCommand.class, MeasureCommand.class, DatasetCommand.class, TrainCommand.class, AdaptCommand.class, BenchmarkCommand.class, ModelsCommand.class, ExportCommand.class, IndexCommand.class, DeviceCommand.class })
public final class Main implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	public static void main(String[] args) {
		// Set before the first class of ImageJ or DJL is loaded, as these read it only once: no window, and no messages of libraries on stderr.
		System.setProperty("java.awt.headless", "true");
		System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", System.getProperty("org.slf4j.simpleLogger.defaultLogLevel", "error"));
		var command = commandLine();
		// ImageJ writes complaints about a file to its log, which without a window is stdout; the command reports them in a sentence instead.
		System.setOut(new PrintStream(OutputStream.nullOutputStream()));
		System.exit(run(command, args));
	}

	/** @return the exit status */
	public static int run(CommandLine command, String... args) {
		try {
			return command.execute(args);
		}
		catch (OutOfMemoryError e) {
			command.getErr().println("There is not enough memory; give Java more, such as JAVA_OPTS=-Xmx8g.");
		}
		catch (StackOverflowError | LinkageError e) {
			command.getErr().println(Bug.trace(e));
		}
		return ExitCode.SOFTWARE;
	}

	static CommandLine commandLine() {
		return commandLine(new Main());
	}

	/**
	 * Builds the commands so that errors that the user can mend are printed in one line, and bugs with their stack trace.
	 *
	 * @param root the command that contains the others
	 */
	public static CommandLine commandLine(Object root) {
		return new CommandLine(root) //
			.setCaseInsensitiveEnumValuesAllowed(true) //
			// A file may be called @1.tif; its contents must not be read as arguments.
			.setExpandAtFiles(false) //
			.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF)) //
			.setOut(plain(System.out)).setErr(plain(System.err)) //
			.setParameterExceptionHandler(Main::wrongCommand) //
			.setExecutionExceptionHandler((e, command, arguments) -> {
				command.getErr().println(told(e));
				return ExitCode.SOFTWARE;
			});
	}

	private static PrintWriter plain(PrintStream stream) {
		return new PrintWriter(new PlainWriter(new PrintWriter(stream, true)), true);
	}

	/** Prints a sentence, or for a bug the stack trace. */
	static String told(Exception e) {
		try {
			return sentence(e);
		}
		catch (Exception bug) {
			return Bug.trace(bug);
		}
	}

	@Override
	public Integer call() {
		throw new ParameterException(spec.commandLine(), "No command was given; one of " + String.join(", ", spec.subcommands().keySet()) +
			" is needed.");
	}

	/**
	 * What to tell users about an error that they can mend.
	 *
	 * @throws Exception {@code e} itself if it is not such an error, and so a bug
	 */
	public static String sentence(Exception e) throws Exception {
		if (e instanceof UncheckedIOException u) return sentence(u.getCause());
		// The messages of these exceptions are just a path.
		if (e instanceof NoSuchFileException f) return f.getFile() + " does not exist; check the path.";
		if (e instanceof AccessDeniedException f) return f.getFile() + " can't be accessed: permission denied.";
		if (e instanceof NotDirectoryException f) return f.getFile() + " is not a folder; check the path.";
		if (e instanceof FileAlreadyExistsException f) return f.getFile() + " exists and is not a folder; choose another path.";
		if (e instanceof FileSystemException f && f.getReason() == null) return f.getFile() + " can't be used (" + f.getClass()
			.getSimpleName() + "); check the path.";
		if (e instanceof IOException || e instanceof IllegalArgumentException || e instanceof ArithmeticException ||
			e instanceof CancellationException) return String.valueOf(e.getMessage());
		throw e;
	}

	private static int wrongCommand(ParameterException e, String[] args) {
		var command = e.getCommandLine();
		var close = e instanceof UnmatchedArgumentException unmatched ? String.join(" or ", unmatched.getSuggestions()) : "";
		var meant = close.isEmpty() ? "" : " (did you mean " + close + "?)";
		command.getErr().println(e.getMessage().strip().replaceFirst("\\.?$", "") + meant + ". See " + command.getCommandSpec().qualifiedName() + " --help.");
		return ExitCode.USAGE;
	}

	/** The version that the jar's manifest states. */
	public static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			var version = Main.class.getPackage().getImplementationVersion();
			return new String[] { "dense-colorize " + (version == null ? "(not packaged)" : version) };
		}
	}
}
