package io.github.densecolorize.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The files in a folder and its subfolders; all commands go through folders in this way. Links to files and folders are followed, but not in a
 * circle. Hidden files, and those that operating systems leave in folders, are passed over. Everything else that can't be used is listed with a
 * reason, and does not keep other files from being found.
 *
 * @param files in the order of their paths
 * @param subfolders the subfolders of the folder itself, in the same order, without those that are passed over or can't be used
 * @param left files and folders that can't be used, in the same order
 */
public record FolderWalk(List<Path> files, List<Path> subfolders, List<Left> left) {

	/**
	 * A file or folder that can't be used.
	 *
	 * @param path of a file or a folder
	 * @param failed whether it may hold images that the user wants; if not, it was left out on purpose
	 * @param why continues a sentence after the path and a colon
	 */
	public record Left(Path path, boolean failed, String why) {

		/** The path and the reason as a sentence. */
		@Override
		public String toString() {
			return path + ": " + why + ".";
		}
	}

	/** Names that Windows, macOS and their network drives leave, in small letters; all names that begin with a dot are passed over as well. */
	private static final Set<String> OF_SYSTEMS = Set.of("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r",
		"$recycle.bin", "system volume information", "__macosx", "@eadir", "lost+found");

	/** What is wrong with a name that is not {@linkplain #isExpressible expressible}; continues a sentence. */
	public static final String INEXPRESSIBLE = "its name has characters that the language setting can't express; start with LC_ALL=C.UTF-8, or rename it";

	/** Whether a name is hidden, or one that operating systems leave. */
	public static boolean isPassedOver(String name) {
		return name.startsWith(".") || OF_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
	}

	/** Whether the name still means the same file when it is turned into text, as ImageJ and other libraries need paths as text. */
	public static boolean isExpressible(Path path) {
		try {
			return Path.of(path.toString()).equals(path);
		}
		catch (InvalidPathException e) {
			return false;
		}
	}

	/**
	 * Goes through a folder and its subfolders.
	 *
	 * @param folder or a link to one
	 * @param excluded subfolders that are left out, whichever link leads to them; need not exist
	 * @throws IOException if it is not a folder, or can't be read
	 */
	public static FolderWalk of(Path folder, Path... excluded) throws IOException {
		var real = new ArrayList<Path>();
		for (var each : excluded)
			if (Files.exists(each)) real.add(each.toRealPath());
		return new Walker(real).walk(folder);
	}

	/**
	 * Returns this object if it has any file, or anything to report.
	 *
	 * @param folder that it is of
	 * @throws IOException if it has not
	 */
	public FolderWalk requireAny(Path folder) throws IOException {
		if (files.isEmpty() && left.isEmpty()) throw new IOException("Folder " + folder + " holds no file; choose one with images.");
		return this;
	}

	/** What the user should know about, without what was left out on purpose. */
	public List<Left> failed() {
		return left.stream().filter(Left::failed).toList();
	}

	private static final class Walker {

		private final List<Path> excluded;
		private final List<Path> files = new ArrayList<>(), subfolders = new ArrayList<>();
		private final List<Left> left = new ArrayList<>();
		/** Real paths of the folder that is looked through now, and of those that contain it. */
		private final List<Path> way = new ArrayList<>();

		Walker(List<Path> excluded) {
			this.excluded = excluded;
		}

		FolderWalk walk(Path folder) throws IOException {
			if (!Files.isDirectory(folder)) throw new IOException("Folder " + folder + (Files.exists(folder) ? " is a file" : " does not exist") +
				"; give one with images.");
			List<Path> entries;
			try {
				entries = entries(folder);
				way.add(folder.toRealPath());
			}
			catch (IOException e) {
				throw new IOException("Folder " + folder + " can't be read (" + why(e) + ").", e);
			}
			for (var entry : entries)
				if (visit(entry)) subfolders.add(entry);
			// Sorted as a whole and not folder by folder, since the order is that of the paths, on a cluster as well.
			files.sort(null);
			return new FolderWalk(List.copyOf(files), List.copyOf(subfolders), List.copyOf(left));
		}

		private static List<Path> entries(Path folder) throws IOException {
			var entries = new ArrayList<Path>();
			try (var stream = Files.newDirectoryStream(folder)) {
				for (var entry : stream)
					if (!isPassedOver(entry.getFileName().toString())) entries.add(entry);
			}
			catch (DirectoryIteratorException e) {
				throw e.getCause();
			}
			entries.sort(null);
			return entries;
		}

		/** @return whether it is a folder, and was looked through */
		private boolean visit(Path path) {
			try {
				if (!isExpressible(path)) return leave(path, INEXPRESSIBLE);
				var attributes = Files.readAttributes(path, BasicFileAttributes.class);
				if (attributes.isRegularFile()) files.add(path);
				else if (!attributes.isDirectory()) left.add(new Left(path, false, "it is no file, but a pipe or a device"));
				else return enter(path);
			}
			catch (NoSuchFileException e) {
				if (Files.isSymbolicLink(path)) return leave(path, "it is a link to something that is not there");
			}
			catch (IOException e) {
				return leave(path, why(e));
			}
			return false;
		}

		private boolean leave(Path path, String why) {
			left.add(new Left(path, true, why));
			return false;
		}

		private boolean enter(Path folder) throws IOException {
			var real = folder.toRealPath();
			if (excluded.contains(real)) return false;
			if (way.contains(real)) {
				left.add(new Left(folder, false, "it is a link back to " + real));
				return false;
			}
			var entries = entries(folder);
			way.add(real);
			for (var entry : entries)
				visit(entry);
			way.remove(way.size() - 1);
			return true;
		}

		private static String why(IOException e) {
			return e instanceof FileSystemException f && "File name too long".equals(f.getReason()) ? "it lies too deep, and its path is too long"
				: NewFile.reason(e);
		}
	}
}
