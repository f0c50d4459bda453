package io.github.densecolorize.spark;

import java.io.IOException;

import org.apache.spark.sql.SparkSession;

/** Prints Parquet tables: arguments are the folder of each and its columns, with commas between. A line a row, with bars between the cells. */
public final class ShowTable {

	private ShowTable() {}

	public static void main(String[] args) throws IOException {
		try (var session = SparkSession.builder().getOrCreate()) {
			for (int i = 0; i < args.length; i += 2) {
				var begin = "table " + i / 2 + " row ";
				session.read().parquet(args[i]).orderBy("file", "slice").selectExpr(args[i + 1].split(",")).collectAsList().forEach(row -> System.out.println(
					begin + row.mkString("|")));
			}
		}
	}
}
