package io.github.densecolorize.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;

import io.github.densecolorize.net.Architecture;
import io.github.densecolorize.net.DenseSpec;
import io.github.densecolorize.net.Loss;
import io.github.densecolorize.net.NetSpec;

/**
 * Turns JSON objects into records. Gson's own way ignores what it does not know and leaves missing values empty; this says what is wrong and where.
 * Only what is recorded about a training may be missing.
 */
final class SpecReader {

	/** Longest text; longer ones are no names. */
	private static final int MOST_CHARACTERS = 10_000, MOST_VALUES = 10_000, MOST_DIGITS = 100;

	/** Names the architecture of a network; missing in {@link ModelSpec#FIRST_FORMAT}, in which there was only one. */
	static final String TYPE = "type";
	/** What not all models have. */
	private static final Set<Class<?>> OPTIONAL = Set.of(ModelSpec.Quality.class, ModelSpec.Adaptation.class, ModelSpec.ErrorSample.class);
	/** Component of {@link TrainingSettings} that must be the name of an installed loss. */
	private static final String LOSS = "loss";

	private SpecReader() {}

	/**
	 * @param type a record of numbers, text, enums, lists of them, and such records
	 * @param path of the object, empty or with a dot at its end
	 * @throws JsonParseException with a phrase about the first value that can't be used
	 */
	static <T extends Record> T read(Class<T> type, JsonObject json, String path) {
		var components = type.getRecordComponents();
		var values = new Object[components.length];
		for (int i = 0; i < values.length; i++)
			values[i] = value(type, components[i], json.get(components[i].getName()), path + components[i].getName());
		try {
			var constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
			constructor.setAccessible(true);
			return constructor.newInstance(values);
		}
		catch (InvocationTargetException e) {
			if (e.getCause() instanceof IllegalArgumentException wrong) throw new JsonParseException(wrong.getMessage());
			throw new IllegalStateException(e.getCause());
		}
		catch (ReflectiveOperationException e) {
			throw new IllegalStateException(e);
		}
	}

	private static Object value(Class<?> owner, RecordComponent component, JsonElement json, String path) {
		var type = component.getType() == NetSpec.class ? network(json) : component.getType();
		if (json == null || json.isJsonNull()) {
			if (OPTIONAL.contains(type)) return null;
			if (owner != TrainingSettings.class || type.isEnum() || component.getName().equals(LOSS)) throw new JsonParseException(path + " is missing");
			return type == String.class ? "" : number(type, BigDecimal.ZERO, path);
		}
		if (type == List.class) return list(component, json, path);
		if (type.isRecord()) {
			if (!json.isJsonObject()) throw new JsonParseException(path + " is no object");
			return read(type.asSubclass(Record.class), json.getAsJsonObject(), path + ".");
		}
		var value = single(type, json, path);
		if (owner == TrainingSettings.class && component.getName().equals(LOSS) && Loss.of((String) value).isEmpty()) throw unknown(path,
			(String) value, Loss.names());
		return value;
	}

	/** The type of record to which the numbers of a network belong. */
	private static Class<?> network(JsonElement json) {
		if (!(json instanceof JsonObject net) || !net.has(TYPE)) return DenseSpec.class;
		var type = (String) single(String.class, net.get(TYPE), "net." + TYPE);
		return Architecture.of(type).orElseThrow(() -> unknown("net." + TYPE, type, Architecture.types())).numbers();
	}

	private static List<?> list(RecordComponent component, JsonElement json, String path) {
		if (!(json instanceof JsonArray array)) throw new JsonParseException(path + " is no list");
		if (array.size() > MOST_VALUES) throw new JsonParseException(path + " has " + array.size() + " values; must be at most " + MOST_VALUES);
		var type = component.getGenericType().getTypeName().contains("Integer") ? int.class : String.class;
		var values = new ArrayList<>();
		for (var each : array)
			values.add(single(type, each, path + "[" + values.size() + "]"));
		return values;
	}

	static Object single(Class<?> type, JsonElement json, String path) {
		if (!json.isJsonPrimitive()) throw new JsonParseException(path + " is no single value");
		var value = json.getAsJsonPrimitive();
		if (type == String.class) return text(value.getAsString(), path);
		if (type == boolean.class) {
			if (!value.isBoolean()) throw new JsonParseException(path + " is " + shortened(value.getAsString()) + "; must be true or false");
			return value.getAsBoolean();
		}
		if (type.isEnum()) return constant(type, value.getAsString(), path);
		try {
			// A number with very many digits would take a very long time to read.
			var digits = value.isNumber() && value.getAsString().length() <= MOST_DIGITS ? value.getAsString() : "";
			return number(type, new BigDecimal(digits), path);
		}
		catch (NumberFormatException e) {
			throw new JsonParseException(path + " is " + shortened(value.getAsString()) + "; must be a number");
		}
	}

	private static Object number(Class<?> type, BigDecimal value, String path) {
		if (type == double.class) return value.doubleValue();
		if (type == float.class) return value.floatValue();
		// Checked before the number is written out, which with an exponent of a thousand million would need all memory.
		if (value.scale() < -20 || value.scale() > 20 || value.stripTrailingZeros().scale() > 0) throw new JsonParseException(path + " is " +
			shortened(value.toString()) + "; must be a whole number");
		try {
			return type == long.class ? (Object) value.longValueExact() : (Object) value.intValueExact();
		}
		catch (ArithmeticException e) {
			throw new JsonParseException(path + " is " + value + "; must be smaller");
		}
	}

	private static Object constant(Class<?> type, String name, String path) {
		return Arrays.stream(type.getEnumConstants()).filter(c -> ((Enum<?>) c).name().equals(name)).findFirst().orElseThrow(() -> unknown(path,
			name, Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).collect(Collectors.joining(" and "))));
	}

	/**
	 * @param path of a value that is one of several
	 * @param known the values that there are
	 */
	static JsonParseException unknown(String path, String found, String known) {
		return new JsonParseException(path + " is " + shortened(found) + ", this version knows " + known +
			": the model was made by a newer version, update the plugin");
	}

	/** Text that is shown in a terminal or a table must not contain control characters; only the record of a training may have several lines. */
	private static String text(String text, String path) {
		if (text.length() > MOST_CHARACTERS) throw new JsonParseException(path + " has " + text.length() + " characters; must be at most " +
			MOST_CHARACTERS);
		if (text.chars().anyMatch(c -> Character.isISOControl(c) && !(c == '\n' && path.startsWith("training.")))) throw new JsonParseException(path +
			" holds a control character");
		return text;
	}

	private static String shortened(String text) {
		var plain = text.replaceAll("\\p{Cntrl}", "?");
		return '"' + (plain.length() > 40 ? plain.substring(0, 40) + "..." : plain) + '"';
	}
}
