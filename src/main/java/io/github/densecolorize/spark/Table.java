package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import io.github.densecolorize.imagej.FileColorizer.Outcome;
import io.github.densecolorize.imagej.FileColorizer.Status;
import io.github.densecolorize.imagej.MeasuredSlice;
import io.github.densecolorize.imagej.Quantity;

/**
 * The table of all runs in a folder, as Parquet: each run has a subfolder {@code run=TIME}, which readers take for a column. While a run goes
 * on, the rows of each task of Spark that has ended are in files of their own, so that a machine that is lost takes none with it.
 */
final class Table {

	/** Columns of a row; between device and message those of all quantities, and empty if there is nothing to tell. */
	static final String FILE = "file", OUTPUT = "output", STATUS = "status", SLICE = "slice", SLICES = "slices", WIDTH = "width",
			HEIGHT = "height", BYTES = "bytes", SECONDS = "seconds", HOST = "host", DEVICE = "device", ATTEMPT = "attempt", MESSAGE = "message",
			ERROR = "error";

	/** How many columns say how large it is. */
	private static final int SIZES = 5;
	private static final StructType COLUMNS = columns();
	/** Rows in one file of the table. */
	private static final long ROWS_A_FILE = 1_000_000;

	private final SparkSession session;
	private final Path parts, target;
	private int stages;

	/**
	 * @param folder of the tables
	 * @param hidden name of a subfolder for the rows while the run goes on
	 * @param time when the run began, for the name
	 */
	Table(SparkSession session, Folder folder, String hidden, String time) {
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
	static Row row(TaskList.Task task, Outcome outcome, String device) {
		boolean failed = outcome.status() == Status.FAILED, done = outcome.status() == Status.COLORIZED;
		return row(task, outcome.status().toString(), done ? new Object[] { outcome.first(), outcome.slices(), outcome.width(), outcome.height(),
			outcome.bytes() } : new Object[SIZES], outcome.seconds(), device, null, failed ? null : outcome.message(), failed ? outcome.message()
				: null);
	}

	/**
	 * The row of a slice that was measured.
	 *
	 * @param seconds a slice, on average
	 */
	static Row row(TaskList.Task task, MeasuredSlice slice, int width, int height, double seconds) {
		return row(task, "measured", new Object[] { slice.slice(), 1, width, height, null }, seconds, null, slice, null, null);
	}

	/** @param sizes slice, slices, width, height, bytes */
	private static Row row(TaskList.Task task, String status, Object[] sizes, double seconds, String device, MeasuredSlice measured,
		String message, String error)
	{
		var cells = new ArrayList<Object>(List.of(task.in(), task.out(), status));
		cells.addAll(Arrays.asList(sizes));
		cells.add(seconds);
		cells.add(SparkEnv.get().blockManager().blockManagerId().host());
		cells.add(device);
		cells.add(TaskContext.get().attemptNumber());
		for (var quantity : Quantity.values()) {
			double value = measured == null ? Double.NaN : quantity.of(measured);
			cells.add(Double.isNaN(value) ? null : value);
		}
		cells.add(message);
		cells.add(error);
		return RowFactory.create(cells.toArray());
	}

	/** Computes the rows. */
	void add(JavaRDD<Row> rows) {
		session.createDataFrame(rows, COLUMNS).write().parquet(stage(++stages));
	}

	private String stage(int number) {
		return new Path(parts, "stage-" + number).toString();
	}

	/** Gives the table its place. */
	void finish() {
		var stored = new String[stages];
		for (int i = 0; i < stages; i++)
			stored[i] = stage(i + 1);
		var rows = session.read().schema(COLUMNS).parquet(stored);
		rows.coalesce((int) (1 + rows.count() / ROWS_A_FILE)).write().parquet(target.toString());
	}

	/** Removes the rows that have no place in the table. */
	void close() throws IOException {
		parts.getFileSystem(session.sparkContext().hadoopConfiguration()).delete(parts, true);
	}

	Path path() {
		return target;
	}

	private Dataset<Row> rows() {
		return session.read().parquet(target.toString());
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
