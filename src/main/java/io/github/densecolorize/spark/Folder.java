package io.github.densecolorize.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** A folder on any file system that Hadoop knows; all machines see it under the same name. */
final class Folder implements Serializable {

	private final SerializableConfiguration hadoop;
	private final Path path;

	/**
	 * @param text a URI, or a path of the default file system
	 * @throws IOException if its file system is not known here
	 */
	Folder(Configuration hadoop, String text) throws IOException {
		this.hadoop = new SerializableConfiguration(hadoop);
		try {
			var given = new Path(text);
			path = given.getFileSystem(hadoop).makeQualified(given);
		}
		// What a file system needs may be missing, which Java and Hadoop say in many ways.
		catch (IOException | RuntimeException | LinkageError e) {
			throw Trouble.with("Folder \"" + text + "\"", e, "give a path, or a URI such as hdfs://host/data");
		}
	}

	/**
	 * @param what it should hold
	 * @throws IOException if it is not there
	 */
	void requireFolder(String what) throws IOException {
		FileStatus status;
		try {
			status = files().getFileStatus(path);
		}
		catch (FileNotFoundException e) {
			throw new IOException("Folder " + this + " does not exist; give one with " + what + ".", e);
		}
		catch (IOException | RuntimeException e) {
			throw Trouble.with("Folder " + this, e, "check its name, and whether its server is running");
		}
		if (!status.isDirectory()) throw new IOException("Folder " + this + " is a file; give one with " + what + ".");
	}

	FileSystem files() throws IOException {
		return path.getFileSystem(hadoop.value());
	}

	Path path() {
		return path;
	}

	/** @param relative names with slashes between */
	Path path(String relative) {
		// Not parsed from text, as a name may contain a colon.
		return new Path(path, new Path(null, null, relative));
	}

	/** Whether this is the same as another folder, or lies somewhere inside it. */
	boolean isIn(Folder other) {
		return (path + "/").startsWith(other.path + "/");
	}

	/** Whether files can be used where they are, without a local copy. */
	boolean isLocal() throws IOException {
		return files() instanceof LocalFileSystem;
	}

	/**
	 * Whether a file that is written here appears only when all of it has arrived, as in object stores (S3). There, it is sent to its name at once,
	 * since renaming would copy it; elsewhere it is sent under another name and then renamed.
	 */
	boolean isStore() throws IOException {
		return files().hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
	}

	/** A path of a local folder. */
	static java.nio.file.Path local(Path path) {
		return java.nio.file.Path.of(path.toUri().getPath());
	}

	@Override
	public String toString() {
		return path.toString();
	}
}
