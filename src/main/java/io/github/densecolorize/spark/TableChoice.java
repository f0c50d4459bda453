package io.github.densecolorize.spark;

import picocli.CommandLine.Option;

/** Option that says where the table is written. */
final class TableChoice {

	@Option(names = "--table", paramLabel = "FOLDER", description = "Folder of the Parquet table, in which each run has a folder of its own; _table in the output folder unless given.")
	private String table;

	/** @param written folder that the command writes to */
	String folder(String written) {
		return table == null ? written.replaceFirst("/$", "") + "/_table" : table;
	}
}
