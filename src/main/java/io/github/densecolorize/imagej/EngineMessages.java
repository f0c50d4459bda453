package io.github.densecolorize.imagej;

import java.util.List;

import org.slf4j.LoggerFactory;

/**
 * Keeps libraries quiet: the engine tells the log at each start what it found, jHDF what it writes, and Fiji opens its Console for that.
 * Which logging library is behind slf4j is the application's choice (Fiji's is Logback, the command line's is slf4j-simple), so each is
 * asked in its own way and none is needed.
 */
public final class EngineMessages {

	private static final List<String> LIBRARIES = List.of("ai.djl", "io.jhdf");

	private EngineMessages() {}

	/**
	 * From now on errors only; to be called before the libraries are first used. A level that the user has set stays. What the engine warns
	 * of, such as a GPU that it can't use, {@code Torch.whyNoGpu()} says to those who ask for one.
	 */
	public static void errorsOnly() {
		LIBRARIES.forEach(EngineMessages::errorsOnly);
	}

	private static void errorsOnly(String library) {
		// slf4j-simple reads this when a logger is made.
		var property = "org.slf4j.simpleLogger.log." + library;
		if (System.getProperty(property) == null) System.setProperty(property, "error");
		var logger = LoggerFactory.getLogger(library);
		if (!logger.getClass().getName().equals("ch.qos.logback.classic.Logger")) return;
		try {
			var level = Class.forName("ch.qos.logback.classic.Level", true, logger.getClass().getClassLoader());
			if (logger.getClass().getMethod("getLevel").invoke(logger) == null) logger.getClass().getMethod("setLevel", level).invoke(logger,
				level.getField("ERROR").get(null));
		}
		catch (ReflectiveOperationException e) {
			// Another Logback than today's: some lines more on the console do no harm.
		}
	}
}
