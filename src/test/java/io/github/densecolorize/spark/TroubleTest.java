package io.github.densecolorize.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;

public class TroubleTest {

	/** The name that S3A's exception has; its class is not in the jars here. */
	private static final class UnknownStoreException extends IOException {

		private static final long serialVersionUID = 1;

		UnknownStoreException() {
			super("getFileStatus on s3a://none/: NoSuchBucket\nRequest ID: 1");
		}
	}

	private static String told(Exception e) {
		return Trouble.with("Folder s3a://data", e, "check its name").getMessage();
	}

	@Test
	public void s3WithoutItsJarsIsToldInASentence() {
		var hadoop = new Configuration();
		hadoop.set("fs.s3a.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
		var refusal = assertThrows(IOException.class, () -> new Folder(hadoop, "s3a://data/in")).getMessage();
		assertEquals("Folder \"s3a://data/in\" can't be used (class org.apache.hadoop.fs.s3a.S3AFileSystem is not there); S3 needs more jars: " +
			"add --packages org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion() + " before the --, see docs/cluster.md.", refusal);
	}

	@Test
	public void keysAndBucketsHaveWaysOutOfTheirOwn() {
		assertEquals("Folder s3a://data can't be used (403 Forbidden); check the access key and the secret key, and whether they may read and write there.",
			told(new AccessDeniedException("software.amazon.awssdk.services.s3.model.S3Exception: 403 Forbidden:null.\nRequest ID: 1")));
		assertEquals("Folder s3a://data can't be used (there is no such bucket); check its name, and spark.hadoop.fs.s3a.endpoint if it is not Amazon's.",
			told(new UnknownStoreException()));
		assertEquals("Folder s3a://data can't be used (no answer); check its name.", told(new IOException("no answer")));
	}

	/** Spark's own rule: on one machine once unless its name says otherwise, else as often as is set. */
	@Test
	public void attemptsAreThoseOfTheMaster() {
		assertEquals(1, TaskRows.attempts("local[*]", 4));
		assertEquals(1, TaskRows.attempts("local", 4));
		assertEquals(3, TaskRows.attempts("local[2, 3]", 4));
		assertEquals(4, TaskRows.attempts("spark://head:7077", 4));
		assertEquals(8, TaskRows.attempts("yarn", 8));
		assertEquals(4, TaskRows.attempts("local-cluster[2,1,1024]", 4));
	}
}
