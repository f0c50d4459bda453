package io.github.densecolorize.model;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

import ai.djl.util.Utils;

import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.files.Workspace;

/**
 * PyTorch's libraries for NVIDIA GPUs. They take gigabytes, so they are not part of the plugin. Only when the user asks for them are they fetched
 * into the engine's cache, from the place where DJL, the maker of the engine, publishes them.
 */
public final class GpuLibraries {

	/** System property with the URL of a copy of the folder {@code pytorch} that DJL publishes, such as one on a laboratory's server or on a disk. */
	public static final String SOURCE_PROPERTY = "densecolorize.gpu.source";

	private static final String SOURCE = "https://publish.djl.ai/pytorch";
	/** Version of PyTorch, and its build for CUDA, for which the engine's own part is available. */
	static final String VERSION = "2.7.1", FLAVOR = "cu128";
	/** Drivers for this version of CUDA, or a newer one, run all versions of CUDA 12. */
	private static final int OLDEST_DRIVER = 12000;
	private static final List<String> PLATFORMS = List.of("linux-x86_64", "win-x86_64");
	/** Settings of DJL, environment variables or system properties. */
	private static final String PATH_SETTING = "PYTORCH_LIBRARY_PATH", FLAVOR_SETTING = "PYTORCH_FLAVOR";
	private static final int MIB = 1 << 20;

	private GpuLibraries() {}

	/**
	 * Fetches and unpacks the libraries. They are used from the next start of the program on. If it is stopped or fails, complete files are kept,
	 * and the next call continues with the others.
	 *
	 * @param progress told how many MiB have arrived, and how many there are in all; may throw a {@code CancellationException}
	 * @return the folder
	 * @throws IllegalArgumentException if this machine can't use them, or has them already, with the reason
	 * @throws IOException if they can't be fetched, with the reason
	 */
	public static Path install(BiConsumer<Long, Long> progress) throws IOException {
		if (isInstalled()) throw new IllegalArgumentException("The GPU libraries are in " + folder() + " already; delete this folder to get them anew.");
		var obstacle = obstacle(platform(), CudaDriver.find());
		if (!obstacle.isEmpty()) throw new IllegalArgumentException("GPU libraries can't be used on this machine: " + obstacle);
		return install(System.getProperty(SOURCE_PROPERTY, SOURCE), platform(), folder(), progress);
	}

	/** @param platform as DJL names it, such as {@code linux-x86_64} */
	static Path install(String source, String platform, Path folder, BiConsumer<Long, Long> progress) throws IOException {
		var base = source.replaceFirst("/*$", "/") + VERSION + "/";
		var part = folder.resolveSibling(folder.getFileName() + ".part");
		try {
			Files.createDirectories(part);
			var files = new LinkedHashMap<URI, Long>();
			for (var line : lines(base + "files.txt"))
				if (line.startsWith(FLAVOR + "/" + platform + "/")) files.put(URI.create(base + line), length(base + line));
			if (files.isEmpty()) throw new IOException("it has no " + FLAVOR + " for " + platform);
			long total = files.values().stream().mapToLong(Long::longValue).sum() / MIB, done = 0;
			for (var file : files.entrySet()) {
				var target = part.resolve(name(file.getKey()));
				long before = done;
				progress.accept(before / MIB, total);
				if (Files.notExists(target)) fetch(file.getKey(), target, n -> progress.accept((before + n) / MIB, total));
				done += file.getValue();
			}
			// Everything in this folder is loaded.
			Workspace.sweep(part);
			giveRuntimeItsName(part, folder);
			return Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException e) {
			throw new IOException("The GPU libraries could not be fetched from " + base + ": " + e + ". What was downloaded so far is kept in " + part +
				"; try again to go on, or set -D" + SOURCE_PROPERTY + " to a copy.", e);
		}
	}

	/**
	 * Makes the engine use the libraries, if they and a driver are there and the user has not chosen other ones.
	 *
	 * @param settings that it reads when it starts
	 */
	static void use(Properties settings) {
		if (Utils.getEnvOrSystemProperty(PATH_SETTING) != null || !isInstalled() || CudaDriver.find().isEmpty()) return;
		settings.set(PATH_SETTING, folder().toString());
		if (Utils.getEnvOrSystemProperty(FLAVOR_SETTING) == null) settings.set(FLAVOR_SETTING, FLAVOR);
		NativeLibrary.addSearchPath("cudart", runtime(folder()).toString());
	}

	/** One sentence that says why the engine, running on the CPU, uses no CUDA GPU, and what to do. */
	static String whyUnused() {
		return whyUnused(platform(), CudaDriver.find(), isInstalled());
	}

	static String whyUnused(String platform, Optional<CudaDriver> driver, boolean isInstalled) {
		var obstacle = obstacle(platform, driver);
		if (!obstacle.isEmpty()) return obstacle;
		if (!isInstalled) return "PyTorch's libraries for the GPU, about 3 GB, are not installed; fetch them with Colorizer Models and Device," +
			" action \"install gpu\", or with dense-colorize device --install-gpu.";
		return "PyTorch's libraries for the GPU are installed but not in use; restart the program" + (platform.startsWith("win")
			? ", and install the CUDA Toolkit 12, whose runtime must be on PATH." : ".");
	}

	/** What is wrong that fetching the libraries would not mend; empty if nothing. */
	private static String obstacle(String platform, Optional<CudaDriver> driver) {
		if (!PLATFORMS.contains(platform)) return "PyTorch for CUDA is made for " + String.join(" and ", PLATFORMS) + ", not for " + platform + ".";
		if (driver.isEmpty()) return "no NVIDIA driver was found; if this machine has an NVIDIA GPU, install its driver.";
		if (driver.get().devices() == 0) return "the NVIDIA driver finds no GPU that it can use.";
		if (driver.get().version() < OLDEST_DRIVER) return "the NVIDIA driver is made for CUDA " + driver.get().versionText() +
			"; must be 12.0 or newer: update the driver.";
		return "";
	}

	private static boolean isInstalled() {
		return Files.exists(folder());
	}

	/** The folder in which DJL would look for them. */
	private static Path folder() {
		return Utils.getEngineCacheDir("pytorch").resolve(VERSION + "-" + FLAVOR + "-" + platform()).toAbsolutePath();
	}

	private static Path runtime(Path folder) {
		return folder.resolveSibling(folder.getFileName() + "-runtime");
	}

	private static String platform() {
		return Torch.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
	}

	/**
	 * To count GPUs, DJL looks for the CUDA runtime by its plain name, but PyTorch's copy has a hash in its name, so a link is needed. It lies
	 * beside the folder, since everything in the folder is loaded.
	 */
	private static void giveRuntimeItsName(Path libraries, Path folder) throws IOException {
		if (Platform.isWindows()) return;
		var runtime = Files.createDirectories(runtime(folder));
		try (var files = Files.newDirectoryStream(libraries, "libcudart*.so*")) {
			for (var file : files) {
				var link = runtime.resolve("libcudart.so");
				Files.deleteIfExists(link);
				Files.createSymbolicLink(link, runtime.relativize(folder.resolve(file.getFileName())));
			}
		}
	}

	private static List<String> lines(String address) throws IOException {
		try (var in = Web.open(URI.create(address)).getInputStream()) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::trim).toList();
		}
	}

	private static void fetch(URI address, Path target, LongConsumer progress) throws IOException {
		// The file ends with a checksum of the unpacked data.
		try (var in = new GZIPInputStream(new Web.Counted(Web.open(address).getInputStream(), progress), 1 << 16); var made = new NewFile(target)) {
			made.write(in::transferTo);
			made.land(false);
		}
	}

	private static long length(String address) throws IOException {
		var connection = Web.open(URI.create(address));
		// A file of a local copy knows its length at once.
		if (connection instanceof HttpURLConnection http) http.setRequestMethod("HEAD");
		return connection.getContentLengthLong();
	}

	/** Name of the file without .gz; it can never lead to another folder. */
	private static String name(URI address) throws IOException {
		var packed = URLDecoder.decode(address.getRawPath().replaceFirst(".*/", ""), StandardCharsets.UTF_8);
		if (!packed.matches("[\\w][\\w.+-]*\\.gz")) throw new IOException("\"" + packed + "\" is no name of a packed library");
		return packed.substring(0, packed.length() - ".gz".length());
	}
}
