package io.github.densecolorize.colorize;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What users are told about an error that they can't mend themselves. */
public final class Bug {

	private Bug() {}

	/** The error in one sentence. */
	public static String sentence(Throwable e) {
		return "This is a bug in Dense Colorize " + Provenance.version() + " (" + String.valueOf(e).lines().findFirst().orElse("") +
			"); please report it, with the lines of the log.";
	}

	/** The error with the place in the code where it happened, for the log. */
	public static String trace(Throwable e) {
		var text = new StringWriter();
		e.printStackTrace(new PrintWriter(text));
		return sentence(e) + "\n" + text;
	}
}
