package io.github.densecolorize.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

import ij.ImagePlus;

import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.FileColorizer;
import io.github.densecolorize.dataset.ClassFolders;
import io.github.densecolorize.files.FolderWalk;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.files.Tally.End;
import io.github.densecolorize.open.ImageFiles;
import io.github.densecolorize.open.NoImageException;

/**
 * The files that a command works on, one after the other. If something goes wrong with one, the others are still done: the error is printed on
 * stderr, in one line unless it is a bug, and all files are counted.
 */
final class FileBatch {

	/** The part of a job that concerns one file. */
	@FunctionalInterface
	interface Work {

		void run() throws Exception;
	}

	/** Thrown if nothing is to be done with a file of a folder; the message says why. */
	static final class LeftOut extends IOException {

		private static final long serialVersionUID = 1;

		LeftOut(String why) {
			super(why);
		}
	}

	private final CommandSpec command;
	private final boolean ofFolder;
	private final Runnable before;
	private final Tally tally = new Tally();

	/**
	 * @param ofFolder whether the files come from a folder, which may hold files that are no images
	 * @param before is run before a line is printed
	 */
	FileBatch(CommandSpec command, boolean ofFolder, Runnable before) {
		this.command = command;
		this.ofFolder = ofFolder;
		this.before = before;
	}

	/** Reports what could not be used while going through a folder. */
	void leave(List<FolderWalk.Left> left) {
		tally.add(left);
		left.forEach(each -> say(each.failed() ? each.toString() : leftOut(each.path(), each.why())));
	}

	/** The same for a folder with classes. */
	void leave(ClassFolders classes, Path folder) {
		leave(classes.left());
		tally.add(End.LEFT_OUT, classes.loose());
		if (classes.loose() > 0) say(ClassFolders.told(classes.loose(), folder.toString()));
	}

	/** Opens an image, and prints anything about it that is not as everybody would expect. */
	ImagePlus open(Path file) throws IOException {
		return ImageFiles.open(file, sentence -> say(file + ": " + sentence));
	}

	/**
	 * Runs the part of a job that concerns a file.
	 *
	 * @return whether it was done
	 */
	boolean attempt(Path file, Work part) {
		return attempt(file, 1, part);
	}

	/**
	 * The same for files that belong together.
	 *
	 * @param file one of them, for messages
	 * @param number of them
	 */
	boolean attempt(Path file, int number, Work part) {
		String why;
		try {
			part.run();
			tally.add(End.DONE, number);
			return true;
		}
		catch (LeftOut e) {
			return leave(file, number, e.getMessage());
		}
		catch (NoImageException e) {
			if (ofFolder && !ImageFiles.isNamedAsImage(file)) return leave(file, number, FileColorizer.NO_IMAGE);
			why = e.getMessage();
		}
		catch (OutOfMemoryError e) {
			why = "not enough memory; give Java more, such as JAVA_OPTS=-Xmx8g.";
		}
		catch (StackOverflowError e) {
			why = Bug.trace(e);
		}
		catch (Exception e) {
			why = Main.told(e);
		}
		tally.add(End.FAILED, number);
		say(why.contains(file.toString()) ? why : file + ": " + why);
		return false;
	}

	private boolean leave(Path file, int number, String why) {
		tally.add(End.LEFT_OUT, number);
		say(leftOut(file, why));
		return false;
	}

	private static String leftOut(Path file, String why) {
		return file + " was left out: " + why + ".";
	}

	/** Prints a line on stderr. */
	void say(String line) {
		before.run();
		command.commandLine().getErr().println(line);
	}

	Tally tally() {
		return tally;
	}

	/** Prints on stderr how many files were done, left out and failed, for commands that print a table on stdout. */
	void sumUp(String done) {
		if (ofFolder) say(tally.sentence(done));
	}

	/** The exit status. */
	int status() {
		return tally.count(End.FAILED) == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
	}
}
