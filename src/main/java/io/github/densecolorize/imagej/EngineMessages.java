package io.github.densecolorize.imagej;

import org.slf4j.LoggerFactory;

/**
 * Keeps the engine quiet: it tells the log at each start which libraries it found, and Fiji opens its Console for that. Which logging
 * library is behind slf4j is the application's choice (Fiji's is Logback, the command line's is slf4j-simple), so each is asked in its own
 * way and none is needed.
 */
public final class EngineMessages {

	private static final String ENGINE = "ai.djl", LEVEL = "org.slf4j.simpleLogger.log." + ENGINE;

	private EngineMessages() {}

	/**
	 * From now on errors only; to be called before the engine is first used. A level that the user has set stays. What the engine warns of,
	 * such as a GPU that it can't use, {@code Torch.whyNoGpu()} says to those who ask for one.
	 */
	public static void errorsOnly() {
		// slf4j-simple reads this when a logger is made.
		if (System.getProperty(LEVEL) == null) System.setProperty(LEVEL, "error");
		var logger = LoggerFactory.getLogger(ENGINE);
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
