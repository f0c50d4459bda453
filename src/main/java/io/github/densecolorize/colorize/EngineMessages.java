package io.github.densecolorize.colorize;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps libraries quiet. At each start the engine logs what it found, jHDF logs what it writes, and Fiji opens its Console for such messages. The
 * application decides which logging library is used behind slf4j (Fiji uses Logback, the command line slf4j-simple), so the level is set for each in
 * its own way, and neither has to be there.
 */
public final class EngineMessages implements AutoCloseable {

	private static final List<String> LIBRARIES = List.of("ai.djl", "io.jhdf");

	private static int open;
	/** What had its level set here: names of properties, and of loggers. */
	private static final List<String> PROPERTIES = new ArrayList<>();
	private static final List<Logger> LOGGERS = new ArrayList<>();

	private EngineMessages() {}

	/**
	 * While one of these is open, only errors are logged. It must be opened before the libraries are first used. A level that the user has set is
	 * kept, and the others are set back at the end. What the engine would warn of, such as a GPU that it can't use, {@code Torch.whyNoGpu()} tells
	 * those who ask for one.
	 */
	public static EngineMessages errorsOnly() {
		synchronized (EngineMessages.class) {
			if (open++ == 0) LIBRARIES.forEach(EngineMessages::errorsOnly);
		}
		return new EngineMessages();
	}

	private static void errorsOnly(String library) {
		// slf4j-simple reads this when a logger is made.
		var property = "org.slf4j.simpleLogger.log." + library;
		if (System.getProperty(property) == null) {
			System.setProperty(property, "error");
			PROPERTIES.add(property);
		}
		var logger = LoggerFactory.getLogger(library);
		if (logger.getClass().getName().equals("ch.qos.logback.classic.Logger") && level(logger, null)) LOGGERS.add(logger);
	}

	/**
	 * Exchanges the level of a logger of Logback.
	 *
	 * @param expected name of the level that it must have; null for none of its own, and then ERROR is the new one, else none
	 * @return whether it had
	 */
	private static boolean level(Logger logger, String expected) {
		try {
			var levels = Class.forName("ch.qos.logback.classic.Level", true, logger.getClass().getClassLoader());
			var now = logger.getClass().getMethod("getLevel").invoke(logger);
			if (!Objects.equals(expected, now == null ? null : now.toString())) return false;
			logger.getClass().getMethod("setLevel", levels).invoke(logger, expected == null ? levels.getField("ERROR").get(null) : null);
			return true;
		}
		catch (ReflectiveOperationException e) {
			// A different version of Logback; a few more lines on the console do no harm.
			return false;
		}
	}

	/** Sets back what was set, unless somebody else has set it meanwhile. */
	@Override
	public void close() {
		synchronized (EngineMessages.class) {
			if (--open > 0) return;
			PROPERTIES.forEach(System::clearProperty);
			PROPERTIES.clear();
			LOGGERS.forEach(logger -> level(logger, "ERROR"));
			LOGGERS.clear();
		}
	}
}
