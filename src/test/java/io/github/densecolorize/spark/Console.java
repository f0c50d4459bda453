package io.github.densecolorize.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
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
	/** Copies a folder: arguments are its URI, and that of the copy. */
	static final String COPY = "copy";
	/** How the line begins that the application is followed by: how many bytes it has read at {@code remote://}. */
	static final String READ = "bytes read ";
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
			System.out.println(STATUS + run(program, arguments));
		}
	}

	private static int run(String program, List<String> arguments) throws IOException {
		return switch (program) {
			case TABLES -> show(arguments);
			case COPY -> copy(arguments);
			default -> application(arguments);
		};
	}

	private static int application(List<String> arguments) {
		long before = LocalCopiesTest.Remote.bytesRead();
		int status = io.github.densecolorize.cli.Main.run(io.github.densecolorize.cli.Main.commandLine(new Main()), arguments.toArray(String[]::new));
		System.out.println(READ + (LocalCopiesTest.Remote.bytesRead() - before));
		return status;
	}

	private static int copy(List<String> folders) throws IOException {
		var hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
		copy(new Folder(hadoop, folders.get(0)), new Folder(hadoop, folders.get(1)), "");
		return 0;
	}

	/** @param prefix of names in the folders; Hadoop's own copying fails at colons */
	private static void copy(Folder from, Folder to, String prefix) throws IOException {
		for (var listed = from.files().listStatusIterator(prefix.isEmpty() ? from.path() : from.path(prefix)); listed.hasNext();) {
			var status = listed.next();
			var name = prefix + status.getPath().getName();
			if (status.isDirectory()) copy(from, to, name + "/");
			else try (var copies = new LocalCopies()) {
				var file = copies.fetch(from, from.path(name));
				if (to.isLocal()) Files.copy(file, Files.createDirectories(Folder.local(to.path(prefix + "."))).resolve(status.getPath().getName()));
				else LocalCopies.bring(file, to, to.path(name), true, ".copied");
			}
			catch (IOException | RuntimeException e) {
				System.out.println("refused: " + name);
			}
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
