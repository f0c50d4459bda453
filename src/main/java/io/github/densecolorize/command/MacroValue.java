package io.github.densecolorize.command;

import java.io.File;
import java.util.List;
import java.util.Locale;

import org.scijava.module.ModuleItem;

import ij.ImagePlus;

import io.github.densecolorize.image.Choice;
import io.github.densecolorize.image.NumberText;

/** Turns the text of a macro's option into its value. SciJava would take 0 for a number that is none, and the active image for one that is not open. */
final class MacroValue {

	private MacroValue() {}

	/**
	 * @param text null if there was none
	 * @throws IllegalArgumentException with the text and what is wanted if it can't be such a value
	 */
	static Object of(ModuleItem<?> option, String text) {
		var key = option.getName().toLowerCase(Locale.ROOT);
		var type = option.getType();
		// A key alone switches something on, as in ImageJ's own commands.
		if (type == boolean.class) return text == null || Choice.of(key, text, List.of("true", "false")).equals("true");
		if (text == null) throw new IllegalArgumentException(key + " has no value; write " + key + "=value, with brackets around a value that has spaces.");
		if (type == ImagePlus.class) return OpenImages.named(key, text);
		if (type == File.class) return new File(text);
		return type == String.class ? text : number(option, key, text);
	}

	private static Object number(ModuleItem<?> option, String key, String text) {
		boolean whole = option.getType() != double.class;
		try {
			if (option.getType() == int.class) return Integer.valueOf(text.trim());
			if (whole) return Long.valueOf(text.trim());
			double value = Double.parseDouble(text);
			if (Double.isFinite(value)) return value;
		}
		catch (NumberFormatException e) {
			// Reported below, like an infinite one.
		}
		throw new IllegalArgumentException(key + " is \"" + text + "\"" + meant(text, whole) + "; must be a " + (whole ? "whole number" : "number") +
			range(option) + ".");
	}

	/** For a comma instead of a point, or a whole number with a point. */
	private static String meant(String text, boolean whole) {
		try {
			double value = Double.parseDouble(text.replace(',', '.'));
			return Double.isFinite(value) && (!whole || value == Math.rint(value)) ? " (did you mean " + NumberText.exact(value) + "?)" : "";
		}
		catch (NumberFormatException e) {
			return "";
		}
	}

	private static String range(ModuleItem<?> option) {
		if (!(option.getMinimumValue() instanceof Number least)) return "";
		var from = NumberText.exact(least.doubleValue());
		return option.getMaximumValue() instanceof Number most ? " from " + from + " to " + NumberText.exact(most.doubleValue()) : ", " + from +
			" or more";
	}
}
