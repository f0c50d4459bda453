package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What is said before Spark starts. */
public class DatasetCommandTest {

	private static String refusal(String... arguments) {
		var err = new StringWriter();
		assertEquals(1, io.github.densecolorize.cli.Main.commandLine(new Main()).setErr(new PrintWriter(err)).execute(arguments));
		return err.toString().strip();
	}

	/** "Aa" and "BB" have the same hash of 32 bits. */
	@Test
	public void modelsAreToldApartByMoreThanASmallHash() {
		assertEquals("Aa".hashCode(), "BB".hashCode());
		assertNotEquals(ColorizeCommand.key("Aa"), ColorizeCommand.key("BB"));
	}

	@Test
	public void aNameAloneIsInTheCurrentFolder() {
		assertEquals(".", DatasetCommand.folderOf(new Path("set.h5")));
		assertEquals("sets", DatasetCommand.folderOf(new Path("sets/set.h5")));
		assertEquals("hdfs://host/sets", DatasetCommand.folderOf(new Path("hdfs://host/sets/set.h5")));
	}

	@Test
	public void wrongOptionsAreSaidInOneLine() {
		assertEquals("Data set file is \"set.tif\"; must end in .h5.", refusal("dataset", "images", "-o", "hdfs://host/sets/set.tif"));
		assertEquals("size is 3; must be 16 to 4096 pixels.", refusal("dataset", "images", "-o", "set.h5", "--size", "3"));
		assertEquals("Fit is \"all\"; must be one of crop, tiles, resize.", refusal("dataset", "images", "-o", "set.h5", "--fit", "all"));
	}
}
