package io.github.densecolorize.spark;

import java.io.IOException;

import org.apache.spark.sql.SparkSession;

/** Prints a Parquet table: arguments are its folder and the columns, with commas between. A line a row, with bars between the cells. */
public final class ShowTable {

	private ShowTable() {}

	public static void main(String[] args) throws IOException {
		try (var session = SparkSession.builder().getOrCreate()) {
			var columns = args[1].split(",");
			session.read().parquet(args[0]).orderBy("file", "slice").selectExpr(columns).collectAsList().forEach(row -> System.out.println("row " + row
				.mkString("|")));
		}
	}
}
