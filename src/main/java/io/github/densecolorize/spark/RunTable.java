package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import com.google.gson.Gson;

import io.github.densecolorize.colorize.FileColorizer;
import io.github.densecolorize.colorize.FileColorizer.Outcome;
import io.github.densecolorize.colorize.FileColorizer.Status;
import io.github.densecolorize.dataset.SourceImage;
import io.github.densecolorize.files.Tally;
import io.github.densecolorize.files.Tally.End;
import io.github.densecolorize.measure.MeasuredSlice;
import io.github.densecolorize.measure.Quantity;

/**
 * The table of all runs in a folder, in Parquet format. Each run has a subfolder {@code run=TIME}, which programs that read the table show as a
 * column. During a run, the rows of each finished task of Spark are kept in a file of their own, so that none are lost with a machine. These files
 * are lines of JSON, since beginning a Parquet file takes as long as colorizing a small image.
 */
final class RunTable {

	/** Columns of a row, and those of all quantities; empty if there is no value. */
	static final String FILE = "file", OUTPUT = "output", STATUS = "status", SLICE = "slice", SLICES = "slices", WIDTH = "width",
			HEIGHT = "height", BYTES = "bytes", SECONDS = "seconds", HOST = "host", DEVICE = "device", ATTEMPT = "attempt", MESSAGE = "message",
			ERROR = "error";

	static final StructType COLUMNS = columns();
	/** Number of Spark's tasks whose rows go to one file of the table. */
	private static final int TASKS_A_FILE = 2000;
	private static final Gson GSON = new Gson();

	private final SparkSession session;
	private final Path parts, target;
	private final List<String> stages = new ArrayList<>();
	private int tasks;

	/**
	 * @param folder of the tables
	 * @param hidden name of a subfolder for the rows during the run
	 * @param time when the run began, for the name
	 */
	RunTable(SparkSession session, Folder folder, String hidden, String time) {
		this.session = session;
		parts = folder.path(hidden);
		target = folder.path("run=" + time);
	}

	private static StructType columns() {
		var columns = new ArrayList<StructField>();
		for (var name : List.of(FILE, OUTPUT, STATUS))
			columns.add(column(name, DataTypes.StringType));
		for (var name : List.of(SLICE, SLICES, WIDTH, HEIGHT))
			columns.add(column(name, DataTypes.IntegerType));
		columns.add(column(BYTES, DataTypes.LongType));
		columns.add(column(SECONDS, DataTypes.DoubleType));
		for (var name : List.of(HOST, DEVICE))
			columns.add(column(name, DataTypes.StringType));
		columns.add(column(ATTEMPT, DataTypes.IntegerType));
		for (var quantity : Quantity.values())
			columns.add(column(quantity.toString(), DataTypes.DoubleType));
		for (var name : List.of(MESSAGE, ERROR))
			columns.add(column(name, DataTypes.StringType));
		return DataTypes.createStructType(columns);
	}

	private static StructField column(String name, DataType type) {
		return DataTypes.createStructField(name, type, true);
	}

	/**
	 * The row of a file that was made, or of a part of it.
	 *
	 * @param device that computed it
	 */
	static Map<String, Object> row(TaskList.Task task, Outcome outcome, String device) {
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
	static Map<String, Object> row(TaskList.Task task, MeasuredSlice slice, int width, int height, double seconds, List<String> said) {
		var row = begun(task, "measured", seconds);
		row.put(SLICE, slice.slice());
		row.put(SLICES, 1);
		row.put(WIDTH, width);
		row.put(HEIGHT, height);
		for (var quantity : Quantity.values())
			// JSON knows only finite numbers.
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
	static Map<String, Object> row(TaskList.Task task, SourceImage image, long bytes, double seconds, List<String> said) {
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

	/**
	 * The row of an image for a data set, with only those columns that the table has.
	 *
	 * @param copy whether it was left out because the set already has the same image
	 */
	static Map<String, Object> row(Row found, boolean copy) {
		var row = new LinkedHashMap<String, Object>();
		for (var column : COLUMNS.fieldNames())
			row.put(column, found.getAs(column));
		if (copy) {
			row.put(STATUS, Status.SKIPPED.toString());
			row.put(BYTES, null);
			row.put(MESSAGE, SourceImage.Reason.DUPLICATE.toString());
		}
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

	/** Computes the rows. */
	void add(JavaRDD<Map<String, Object>> rows) {
		stages.add(save(rows, "stage-" + stages.size()));
		tasks += rows.getNumPartitions();
	}

	/** Computes rows that have other columns, which are kept only during the run. */
	Dataset<Row> keep(JavaRDD<Map<String, Object>> rows, StructType columns) {
		return session.read().schema(columns).json(save(rows, "kept"));
	}

	private String save(JavaRDD<Map<String, Object>> rows, String name) {
		var folder = new Path(parts, name).toString();
		rows.map(row -> GSON.toJson(row)).saveAsTextFile(folder);
		return folder;
	}

	/** Moves the table to its final place. */
	void finish() {
		session.read().schema(COLUMNS).json(stages.toArray(String[]::new)).coalesce(1 + tasks / TASKS_A_FILE).write().parquet(target.toString());
	}

	/** Removes the temporary rows of the run. */
	void close() throws IOException {
		parts.getFileSystem(session.sparkContext().hadoopConfiguration()).delete(parts, true);
	}

	Path path() {
		return target;
	}

	private Dataset<Row> rows() {
		return session.read().parquet(target.toString());
	}

	/** How many files were done, skipped and failed. */
	Tally tally() {
		var status = functions.col(STATUS);
		var there = functions.col(MESSAGE).isin(FileColorizer.THERE_ALREADY, SourceImage.Reason.DUPLICATE.toString());
		var end = functions.when(status.equalTo(Status.FAILED.toString()), End.FAILED.ordinal()).when(status.notEqual(Status.SKIPPED.toString()),
			End.DONE.ordinal()).when(there, End.THERE_ALREADY.ordinal()).otherwise(End.LEFT_OUT.ordinal());
		var tally = new Tally();
		for (var row : rows().groupBy(FILE).agg(functions.max(end).as("end")).groupBy("end").count().collectAsList())
			tally.add(End.values()[row.getInt(0)], row.getLong(1));
		return tally;
	}

	/** How many rows there are of each status. */
	Map<String, Long> counts() {
		var counts = new TreeMap<String, Long>();
		for (var row : rows().groupBy(STATUS).count().collectAsList())
			counts.put(row.getString(0), row.getLong(1));
		return counts;
	}

	/** A line for each of the first rows with an error. */
	List<String> errors(int most) {
		return rows().filter(functions.col(ERROR).isNotNull()).orderBy(FILE, SLICE).limit(most).collectAsList().stream().map(row -> row.getAs(
			FILE) + ": " + row.getAs(ERROR)).toList();
	}
}
