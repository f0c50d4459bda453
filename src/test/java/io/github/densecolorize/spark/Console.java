package io.github.densecolorize.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

import org.apache.spark.sql.SparkSession;

/**
 * Runs programs one after the other in one process. It reads the name of a program and its arguments, each in a line and an empty line after them,
 * and prints what the program prints and a line with its exit status.
 */
public final class Console {

	/** The application. */
	static final String APPLICATION = "application";
	/** Prints Parquet tables: arguments are the folder of each and its columns, with commas between. A line a row, with bars between the cells. */
	static final String TABLES = "tables";
	/** How the line with the exit status begins. */
	static final String STATUS = "exit status ";

	private Console() {}

	public static void main(String[] args) throws IOException {
		System.setProperty("java.awt.headless", "true");
		var in = new BufferedReader(new InputStreamReader(System.in));
		for (var program = in.readLine(); program != null; program = in.readLine()) {
			var arguments = new ArrayList<String>();
			for (var line = in.readLine(); !line.isEmpty(); line = in.readLine())
				arguments.add(line);
			int status = program.equals(TABLES) ? show(arguments) : io.github.densecolorize.cli.Main.run(io.github.densecolorize.cli.Main.commandLine(
				new Main()), arguments.toArray(String[]::new));
			System.out.println(STATUS + status);
		}
	}

	private static int show(List<String> tables) throws IOException {
		try (var session = SparkSession.builder().getOrCreate()) {
			for (int i = 0; i < tables.size(); i += 2) {
				var begin = "table " + i / 2 + " row ";
				session.read().parquet(tables.get(i)).orderBy("file", "slice").selectExpr(tables.get(i + 1).split(",")).collectAsList().forEach(row -> System.out
					.println(begin + row.mkString("|")));
			}
		}
		return 0;
	}
}
