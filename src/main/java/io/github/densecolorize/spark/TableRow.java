package io.github.densecolorize.spark;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

import io.github.densecolorize.colorize.FileColorizer.Outcome;
import io.github.densecolorize.colorize.FileColorizer.Status;
import io.github.densecolorize.dataset.SourceImage;
import io.github.densecolorize.measure.MeasuredSlice;
import io.github.densecolorize.measure.Quantity;

/** Rows of the table: values by the names of the columns, on their way from the machines to the driver. */
final class TableRow {

	/** Columns of a row, and those of all quantities; empty if there is no value. */
	static final String FILE = "file", OUTPUT = "output", STATUS = "status", SLICE = "slice", SLICES = "slices", WIDTH = "width",
			HEIGHT = "height", BYTES = "bytes", SECONDS = "seconds", HOST = "host", DEVICE = "device", ATTEMPT = "attempt", MESSAGE = "message",
			ERROR = "error";

	static final MessageType COLUMNS = columns();

	private TableRow() {}

	private static MessageType columns() {
		var columns = new ArrayList<Type>();
		texts(columns, FILE, OUTPUT, STATUS);
		for (var name : List.of(SLICE, SLICES, WIDTH, HEIGHT))
			columns.add(Types.optional(INT32).named(name));
		columns.add(Types.optional(INT64).named(BYTES));
		columns.add(Types.optional(DOUBLE).named(SECONDS));
		texts(columns, HOST, DEVICE);
		columns.add(Types.optional(INT32).named(ATTEMPT));
		for (var quantity : Quantity.values())
			columns.add(Types.optional(DOUBLE).named(quantity.toString()));
		texts(columns, MESSAGE, ERROR);
		return new MessageType("run", columns);
	}

	private static void texts(List<Type> columns, String... names) {
		for (var name : names)
			columns.add(Types.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named(name));
	}

	/**
	 * The row of a file that was made, or of a part of it.
	 *
	 * @param device that computed it
	 */
	static Map<String, Object> of(TaskList.Task task, Outcome outcome, String device) {
		var row = begun(task, outcome.status().toString(), outcome.seconds());
		if (outcome.status() == Status.COLORIZED) {
			row.put(SLICE, outcome.first());
			row.put(SLICES, outcome.slices());
			row.put(WIDTH, outcome.width());
			row.put(HEIGHT, outcome.height());
			row.put(BYTES, outcome.bytes());
		}
		row.put(DEVICE, device);
		row.put(outcome.status() == Status.FAILED ? ERROR : MESSAGE, outcome.message());
		return row;
	}

	/**
	 * The row of a slice that was measured.
	 *
	 * @param seconds a slice, on average
	 * @param said of the image
	 */
	static Map<String, Object> of(TaskList.Task task, MeasuredSlice slice, int width, int height, double seconds, List<String> said) {
		var row = begun(task, "measured", seconds);
		row.put(SLICE, slice.slice());
		row.put(SLICES, 1);
		row.put(WIDTH, width);
		row.put(HEIGHT, height);
		for (var quantity : Quantity.values())
			if (Double.isFinite(quantity.of(slice))) row.put(quantity.toString(), quantity.of(slice));
		if (!said.isEmpty()) row.put(MESSAGE, String.join(" ", said));
		return row;
	}

	/**
	 * The row of an image for a data set.
	 *
	 * @param bytes that it has there
	 * @param said of the file
	 */
	static Map<String, Object> of(TaskList.Task task, SourceImage image, long bytes, double seconds, List<String> said) {
		boolean usable = image.unusable() == null;
		var row = begun(task, usable ? "collected" : Status.SKIPPED.toString(), seconds);
		if (image.slice() > 0) row.put(SLICE, image.slice());
		row.put(SLICES, 1);
		row.put(WIDTH, image.width());
		row.put(HEIGHT, image.height());
		if (usable) row.put(BYTES, bytes);
		var message = new ArrayList<>(said);
		if (!usable) message.add(0, image.unusable() + (said.isEmpty() ? "" : "."));
		if (!message.isEmpty()) row.put(MESSAGE, String.join(" ", message));
		return row;
	}

	/** The row of an image that was left out of a data set because the set already has the same one. */
	static Map<String, Object> copy(Map<String, Object> found) {
		var row = new LinkedHashMap<>(found);
		row.put(STATUS, Status.SKIPPED.toString());
		row.remove(BYTES);
		row.put(MESSAGE, SourceImage.Reason.DUPLICATE.toString());
		return row;
	}

	private static Map<String, Object> begun(TaskList.Task task, String status, double seconds) {
		var row = new LinkedHashMap<String, Object>();
		row.put(FILE, task.in());
		row.put(OUTPUT, task.out());
		row.put(STATUS, status);
		row.put(SECONDS, seconds);
		row.put(HOST, SparkEnv.get().blockManager().blockManagerId().host());
		row.put(ATTEMPT, TaskContext.get().attemptNumber());
		return row;
	}
}
