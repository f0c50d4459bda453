package io.github.densecolorize.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;

import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;

/** What file systems say when something goes wrong, in sentences for users. */
final class Trouble {

	/** The name of the exception with which S3A says that there is no such bucket; its class is not in the jars that this is compiled with. */
	private static final String NO_BUCKET = "UnknownStoreException";

	/** Names of classes of Amazon's, which tell users nothing. */
	private static final String AWS = "software\\.amazon\\.awssdk\\.[\\w.$]+: ";

	private Trouble() {}

	/**
	 * @param what can't be used, as the beginning of a sentence
	 * @param wayOut if nothing better is known
	 */
	static IOException with(String what, Throwable e, String wayOut) {
		return sentence(what + " can't be used", e, wayOut);
	}

	/**
	 * @param what can't be done, as the beginning of a sentence
	 * @param wayOut if nothing better is known
	 */
	static IOException sentence(String what, Throwable e, String wayOut) {
		return new IOException(what + " (" + why(e) + "); " + wayOut(e, wayOut) + ".", e);
	}

	/**
	 * Whether the same may go well at another time, or on another machine: anything but what the server has clearly refused.
	 *
	 * @param e thrown by a file system
	 */
	static boolean mayPass(Exception e) {
		return e instanceof IOException && !(e instanceof FileNotFoundException || e instanceof NoSuchFileException || e instanceof AccessDeniedException ||
			e instanceof AccessControlException || e instanceof FileAlreadyExistsException || isNamed(e, NO_BUCKET));
	}

	/** The reason in one line, as servers append whole pages to it. */
	static String why(Throwable e) {
		var missing = missing(e);
		if (missing != null) return "class " + missing + " is not there";
		if (isNamed(e, NO_BUCKET)) return "there is no such bucket";
		var message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage().lines().findFirst().orElse("");
		return message.strip().replaceAll(AWS, "").replaceFirst("(:null)?\\.?$", "");
	}

	private static String wayOut(Throwable e, String otherwise) {
		if (missing(e) != null) return missing(e).contains(".s3a.") || missing(e).contains("amazon")
			? "S3 needs more jars: add --packages org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion() + " before the --, see docs/cluster.md"
			: "add the jars of its file system with --packages or --jars before the --";
		if (isNamed(e, NO_BUCKET)) return "check its name, and spark.hadoop.fs.s3a.endpoint if it is not Amazon's";
		if (e instanceof AccessDeniedException) return "check the access key and the secret key, and whether they may read and write there";
		if (e instanceof AccessControlException) return "choose another, or change the permissions";
		return otherwise;
	}

	/** The name of a class that could not be found; null if that is not the reason. */
	private static String missing(Throwable e) {
		return causes(e).filter(cause -> cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError).map(Throwable::getMessage).map(
			text -> text.replace('/', '.').replaceAll("^Class | not found$", "")).findFirst().orElse(null);
	}

	private static boolean isNamed(Throwable e, String simpleName) {
		return causes(e).anyMatch(cause -> cause.getClass().getSimpleName().equals(simpleName));
	}

	private static Stream<Throwable> causes(Throwable e) {
		return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
	}
}
