package io.github.densecolorize.dialog;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a command tells about its inputs, beside its annotations, so that a dialog can ask for them. While a dialog is open, the fields of the command
 * have the values that it shows. Inputs are known by the names of their fields. All methods but {@link #preview} must be quick.
 */
public interface Form {

	/** Stands for all inputs together. */
	String ALL = "";

	/** File of the manual that explains the command, and the place in it, such as {@code colorize.md#folders}. */
	String page();

	/**
	 * What can be chosen now, the best first; it may depend on the other inputs. Something else may be typed if the input is a text without choices in
	 * its annotation.
	 *
	 * @return empty if nothing is known
	 */
	default List<Option> options(String input) {
		return List.of();
	}

	/** Inputs that most users leave as they are: they are folded away. Names of no input are ignored. */
	default Set<String> folded() {
		return Set.of();
	}

	/** Inputs that need 0 in macros, and the words that stand for it in the dialog. */
	default Map<String, String> zeros() {
		return Map.of();
	}

	/** Texts that may be the path of a file or folder. */
	default Set<String> paths() {
		return Set.of();
	}

	/** Values with which the dialog begins instead of the defaults. Names of no input are ignored. */
	default Map<String, Object> presets() {
		return Map.of();
	}

	/**
	 * Checks a value, once its type is right.
	 *
	 * @param input its name, or {@link #ALL} at the end
	 * @throws IOException with a sentence for the user if it can't be used
	 * @throws IllegalArgumentException likewise
	 */
	default void check(String input) throws IOException {}

	/** Shows what the values would give; null if this command has none. */
	default Preview preview() {
		return null;
	}
}
