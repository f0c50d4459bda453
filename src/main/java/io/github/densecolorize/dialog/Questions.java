package io.github.densecolorize.dialog;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.scijava.ItemVisibility;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

import ij.ImagePlus;
import ij.WindowManager;

/** The inputs of a command that nobody has given yet, and their values: what a dialog shows and changes, without the dialog. */
public final class Questions {

	/** Types that can be asked for. */
	private static final Set<Class<?>> TYPES = Set.of(String.class, int.class, long.class, double.class, boolean.class, File.class, ImagePlus.class);

	/**
	 * Why a value can't be used.
	 *
	 * @param input its name, or {@link Form#ALL}
	 * @param sentence for the user
	 */
	public record Problem(String input, String sentence) {}

	private final Module module;
	private final Form form;
	private final Map<String, ModuleItem<?>> asked = new LinkedHashMap<>();
	/** What was offered last. */
	private final Map<String, List<Option>> offered = new HashMap<>();
	/** Texts that could not become a value, and why. */
	private final Map<String, String> unusable = new HashMap<>();

	/** @param module of a command that is a {@link Form} */
	public Questions(Module module) {
		this.module = module;
		form = (Form) module.getDelegateObject();
		for (var item : module.getInfo().inputs())
			if (!module.isInputResolved(item.getName()) && isQuestion(item)) asked.put(item.getName(), item);
		form.presets().forEach((name, value) -> {
			if (asked.containsKey(name)) put(name, value);
		});
		asked.keySet().forEach(this::offer);
	}

	private static boolean isQuestion(ModuleItem<?> item) {
		if (item.getType() == ImagePlus.class && WindowManager.getImageCount() == 0) return false;
		return item.getVisibility() == ItemVisibility.NORMAL && TYPES.contains(item.getType());
	}

	/** The inputs, first those that are not folded away. */
	public List<ModuleItem<?>> asked() {
		var inOrder = new ArrayList<ModuleItem<?>>();
		for (boolean folded : new boolean[] { false, true })
			asked.values().stream().filter(item -> isFolded(item) == folded).forEach(inOrder::add);
		return inOrder;
	}

	/** Whether an input is one that most users leave as it is. */
	public boolean isFolded(ModuleItem<?> item) {
		return form.folded().contains(item.getName());
	}

	/** Whether something else than the {@link #options} may be typed. */
	public boolean isFree(ModuleItem<?> item) {
		return item.getType() == String.class && !hasChoices(item);
	}

	/** Whether a text may be the path of a file or folder. */
	public boolean isPath(ModuleItem<?> item) {
		return item.getType() == File.class || form.paths().contains(item.getName());
	}

	private static boolean hasChoices(ModuleItem<?> item) {
		return item.getChoices() != null && !item.getChoices().isEmpty();
	}

	/** What could be chosen at the last {@link #refresh}; empty if the value must be typed. */
	public List<Option> options(ModuleItem<?> item) {
		return offered.get(item.getName());
	}

	/** The value, as text. */
	public String text(ModuleItem<?> item) {
		var value = module.getInput(item.getName());
		for (var option : options(item))
			if (option.value().equals(value)) return option.text();
		if (value == null) return "";
		if (value instanceof Number number && number.doubleValue() == 0 && form.zeros().containsKey(item.getName())) return form.zeros().get(item
			.getName());
		return value instanceof ImagePlus image ? image.getTitle() : value instanceof Double number ? plain(number) : value.toString();
	}

	private static String plain(double number) {
		return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
	}

	/** Sets a value of the input's type, as an {@link Option} has it. */
	public void set(ModuleItem<?> item, Object value) {
		unusable.remove(item.getName());
		put(item.getName(), value);
	}

	/** Sets what was typed; if it is none of the input's type, the value stays as it was, and {@link #problem} tells. */
	public void type(ModuleItem<?> item, String typed) {
		var text = typed.trim();
		try {
			set(item, parsed(item, text));
		}
		catch (NumberFormatException e) {
			unusable.put(item.getName(), name(item) + " is \"" + text + "\"; must be " + range(item) + ".");
		}
	}

	private Object parsed(ModuleItem<?> item, String text) {
		for (var option : options(item))
			if (option.text().equalsIgnoreCase(text)) return option.value();
		var type = item.getType();
		if (type == String.class) return text;
		if (type == File.class) return text.isEmpty() ? null : new File(text);
		if (text.equalsIgnoreCase(form.zeros().get(item.getName()))) text = "0";
		double number = Double.parseDouble(text);
		if (!isInRange(number, item)) throw new NumberFormatException();
		if (type == int.class) return Integer.valueOf(text);
		return type == long.class ? (Object) Long.valueOf(text) : number;
	}

	private static boolean isInRange(double number, ModuleItem<?> item) {
		return (!(item.getMinimumValue() instanceof Number min) || number >= min.doubleValue()) && (!(item.getMaximumValue() instanceof Number max) ||
			number <= max.doubleValue());
	}

	private String range(ModuleItem<?> item) {
		var word = form.zeros().get(item.getName());
		Object min = item.getMinimumValue(), max = item.getMaximumValue();
		return (word == null ? "" : "\"" + word + "\" or ") + (item.getType() == double.class ? "a number" : "a whole number") + (max != null ? " from " + min +
			" to " + max : min != null ? ", " + min + " or more" : "");
	}

	/** Its label without the unit. */
	private static String name(ModuleItem<?> item) {
		return item.getLabel().replaceFirst(" \\(.*", "");
	}

	/**
	 * The number before or after the present one.
	 *
	 * @param direction 1 for the next one, -1 for the one before
	 * @return null if it would be out of range
	 */
	public String step(ModuleItem<?> item, int direction) {
		var step = item.getStepSize() == null ? BigDecimal.ONE : new BigDecimal(item.getStepSize().toString());
		var next = new BigDecimal(module.getInput(item.getName()).toString()).add(step.multiply(BigDecimal.valueOf(direction)));
		return isInRange(next.doubleValue(), item) ? next.toPlainString() : null;
	}

	/** The note of the chosen option; empty if there is none. */
	public String note(ModuleItem<?> item) {
		var value = module.getInput(item.getName());
		return options(item).stream().filter(option -> option.value().equals(value)).map(Option::note).findFirst().orElse("");
	}

	/**
	 * Asks the command again what can be chosen, as that may depend on a value that was changed. A value that was chosen from a list that does not have
	 * it any more becomes the first of the new list.
	 *
	 * @return the inputs whose options have changed
	 */
	public List<ModuleItem<?>> refresh() {
		var changed = new ArrayList<ModuleItem<?>>();
		for (var item : asked.values()) {
			var before = options(item);
			offer(item.getName());
			var now = options(item);
			if (now.equals(before)) continue;
			changed.add(item);
			var value = module.getInput(item.getName());
			if (has(before, value) && !has(now, value) && !now.isEmpty()) put(item.getName(), now.get(0).value());
		}
		return changed;
	}

	private static boolean has(List<Option> options, Object value) {
		return options.stream().anyMatch(option -> option.value().equals(value));
	}

	private void offer(String name) {
		var item = asked.get(name);
		var options = form.options(name);
		if (options.isEmpty() && item.getType() == ImagePlus.class) options = openImages();
		if (options.isEmpty() && hasChoices(item)) options = item.getChoices().stream().map(choice -> Option.of(choice.toString())).toList();
		offered.put(name, options);
		// A list always shows one of its options.
		if (!options.isEmpty() && !isFree(item) && !has(options, module.getInput(name))) put(name, options.get(0).value());
	}

	private static List<Option> openImages() {
		var images = new ArrayList<Option>();
		var ids = WindowManager.getIDList();
		if (ids != null) for (int id : ids)
			images.add(new Option(WindowManager.getImage(id), WindowManager.getImage(id).getTitle(), ""));
		return images;
	}

	private void put(String name, Object value) {
		module.setInput(name, value);
	}

	/** Whether the command works on an image that it was given, so that nothing can be asked any more once this is closed. */
	public boolean isAbout(ImagePlus image) {
		for (var item : module.getInfo().inputs())
			if (item.getType() == ImagePlus.class && !asked.containsKey(item.getName()) && module.getInput(item.getName()) == image) return true;
		return false;
	}

	/** The first value that can't be used; empty if all can. */
	public Optional<Problem> problem() {
		for (var item : asked()) {
			var problem = problem(item.getName());
			if (problem.isPresent()) return problem;
		}
		return problem(Form.ALL);
	}

	private Optional<Problem> problem(String input) {
		if (unusable.containsKey(input)) return Optional.of(new Problem(input, unusable.get(input)));
		try {
			form.check(input);
			return Optional.empty();
		}
		catch (IOException | IllegalArgumentException e) {
			return Optional.of(new Problem(input, e.getMessage()));
		}
	}

	/** Ends the asking: the values are now those that were given, and nothing else is asked for. */
	public void resolve() {
		module.getInfo().inputs().forEach(item -> module.resolveInput(item.getName()));
	}
}
