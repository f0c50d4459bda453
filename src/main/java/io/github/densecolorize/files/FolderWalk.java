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
 * What is in a folder, for all commands alike. Links are followed, to files and to folders, but not in a circle. What systems leave in
 * folders, and what is hidden, is passed over. Whatever else can't be used has a reason, and keeps nothing else from being found.
 *
 * @param files in the order of their paths
 * @param subfolders likewise, of the folder itself, without those that are passed over or can't be used
 * @param left what can't be used, likewise
 */
public record FolderWalk(List<Path> files, List<Path> subfolders, List<Left> left) {

	/**
	 * Something that can't be used.
	 *
	 * @param path of a file or a folder
	 * @param failed whether there may be images that the user wants: else it was left out on purpose
	 * @param why as a sentence goes on behind the path and a colon
	 */
	public record Left(Path path, boolean failed, String why) {

		/** A sentence. */
		@Override
		public String toString() {
			return path + ": " + why + ".";
		}
	}

	/** Of Windows, macOS and their network drives, beside all names that begin with a dot; in small letters. */
	private static final Set<String> OF_SYSTEMS = Set.of("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r",
		"$recycle.bin", "system volume information", "__macosx", "@eadir", "lost+found");

	/** Whether a name is one that systems leave, or hidden. */
	public static boolean isPassedOver(String name) {
		return name.startsWith(".") || OF_SYSTEMS.contains(name.toLowerCase(Locale.ROOT));
	}

	/**
	 * Looks through a folder and the folders in it.
	 *
	 * @param folder or a link to one
	 * @throws IOException if it is none, or can't be read
	 */
	public static FolderWalk of(Path folder) throws IOException {
		return new Walker(null).walk(folder);
	}

	/**
	 * The same without one of the folders in it.
	 *
	 * @param excluded by its real place, whatever link leads there; need not exist
	 */
	public static FolderWalk of(Path folder, Path excluded) throws IOException {
		return new Walker(Files.exists(excluded) ? excluded.toRealPath() : null).walk(folder);
	}

	/**
	 * This, if there is something to do, or to say.
	 *
	 * @param folder that it is of
	 * @throws IOException if there is not
	 */
	public FolderWalk requireAny(Path folder) throws IOException {
		if (files.isEmpty() && left.isEmpty()) throw new IOException("Folder " + folder + " holds no file; choose one with images.");
		return this;
	}

	/** What the user should know of: not what was left out on purpose. */
	public List<Left> failed() {
		return left.stream().filter(Left::failed).toList();
	}

	private static final class Walker {

		private final Path excluded;
		private final List<Path> files = new ArrayList<>(), subfolders = new ArrayList<>();
		private final List<Left> left = new ArrayList<>();
		/** Real paths of the folders that lead to where the walker is. */
		private final List<Path> way = new ArrayList<>();

		Walker(Path excluded) {
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
			// Not folder by folder: the order is that of the paths, on a cluster as well.
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
				if (!isExpressible(path)) return leave(path, "the language that is set can't express its name; start with LC_ALL=C.UTF-8, or rename it");
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
			if (real.equals(excluded)) return false;
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

		/** Whether the name, as text, means the same file; ImageJ and others have paths as text. */
		private static boolean isExpressible(Path path) {
			try {
				return Path.of(path.toString()).equals(path);
			}
			catch (InvalidPathException e) {
				return false;
			}
		}

		private static String why(IOException e) {
			return e instanceof FileSystemException f && "File name too long".equals(f.getReason()) ? "it lies too deep, and its path is too long"
				: NewFile.reason(e);
		}
	}
}
