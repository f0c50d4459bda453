package io.github.densecolorize.model;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;

import io.github.densecolorize.image.Choice;

/** The engine and the devices it can compute on. */
public final class Torch {

	/** Platforms for which there are native libraries, as DJL names them. */
	private static final List<String> PLATFORMS = List.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

	private static volatile Engine engine;

	private Torch() {}

	/**
	 * PyTorch; loaded at the first call, which unpacks its native libraries if the cache does not have them.
	 *
	 * @throws IllegalArgumentException if it can't be loaded on this machine, with the reason
	 */
	public static synchronized Engine engine() {
		if (engine == null) engine = start();
		return engine;
	}

	/**
	 * Limits the number of threads that compute an operation on the CPU; without this it is the number of cores. Does nothing once there is an
	 * {@link #engine}, or if the program was started with OMP_NUM_THREADS.
	 */
	public static synchronized void limitThreads(int threads) {
		if (engine != null) return;
		Glibc.setUnlessSet("OMP_NUM_THREADS", String.valueOf(threads));
	}

	/**
	 * @param text {@code auto} (the first GPU, else the CPU), {@code cpu}, {@code gpu}, {@code gpu:1}, ... or {@code mps}, in upper or lower case
	 * @throws IllegalArgumentException for another name, or a device that is not there, with the reason
	 */
	public static Device device(String text) {
		var name = text.trim().toLowerCase(Locale.ROOT);
		int gpus = engine().getGpuCount();
		if (name.equals("auto")) return gpus > 0 ? Device.gpu() : Device.cpu();
		if (name.equals("cpu")) return Device.cpu();
		if (name.equals("mps")) {
			if (!isAppleSilicon()) throw new IllegalArgumentException(
				"Device mps is Apple's GPU and this is no Mac with one; use device=cpu or device=auto.");
			return Device.of("mps", -1);
		}
		if (!name.matches("gpu(:\\d{1,3})?")) throw new IllegalArgumentException("Device is \"" + text + "\"" + Choice.meant(text, List.of("auto", "cpu",
			"gpu", "mps")) + "; must be auto, cpu, gpu, gpu:1 (the second one) or mps.");
		int index = name.equals("gpu") ? 0 : Integer.parseInt(name.substring(4));
		if (gpus == 0) throw new IllegalArgumentException("Device " + name + " can't be used: " + whyNoGpu() + " Use device=cpu.");
		if (index >= gpus) throw new IllegalArgumentException("Device " + name + " is not there, this machine has " + gpus +
			" GPU(s), the first is gpu:0.");
		return Device.gpu(index);
	}

	/**
	 * The devices that a job may share.
	 *
	 * @param text as {@link #device} takes it; {@code auto} takes all GPUs
	 * @throws IllegalArgumentException likewise
	 */
	public static List<Device> devices(String text) {
		int gpus = engine().getGpuCount();
		return text.trim().equalsIgnoreCase("auto") && gpus > 1 ? IntStream.range(0, gpus).mapToObj(Device::gpu).toList() : List.of(device(text));
	}

	/** What the engine is and what it runs on, for users: values by their names. */
	public static Map<String, String> facts() {
		var facts = new LinkedHashMap<String, String>();
		var device = device("auto");
		facts.put("device", name(device));
		facts.put("memory", (device.isGpu() ? CudaUtils.getGpuMemory(device).getMax() : memory(device)) / (1 << 20) + " MiB");
		facts.put("PyTorch", engine().getVersion());
		facts.put("processor", Processor.name());
		facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
		facts.put("GPUs", String.valueOf(engine().getGpuCount()));
		var why = whyNoGpu();
		if (!why.isEmpty()) facts.put("no GPU", why);
		return facts;
	}

	/** The name of a device, as {@link #device} takes it. */
	public static String name(Device device) {
		return device.getDeviceType() + (device.isGpu() ? ":" + device.getDeviceId() : "");
	}

	/**
	 * MiB of a GPU's memory that all programs together have in use. PyTorch keeps what it once took, so that for a program alone this is the most that it
	 * has used so far.
	 */
	public static double gpuMegabytes(Device gpu) {
		return CudaUtils.getGpuMemory(gpu).getUsed() / (double) (1 << 20);
	}

	/** Bytes of memory: those that are free on a GPU, or all that the machine has. */
	static long memory(Device device) {
		if (device.isGpu()) {
			var usage = CudaUtils.getGpuMemory(device);
			return usage.getMax() - usage.getUsed();
		}
		return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system ? system.getTotalMemorySize() : Runtime
			.getRuntime().maxMemory();
	}

	/**
	 * The devices that are there, as {@link #device} takes them, {@code auto} first; if there is no {@link #engine} yet, as far as can be told without
	 * loading it.
	 */
	public static List<String> deviceNames() {
		var started = engine;
		int gpus = started == null ? GpuLibraries.devices() : started.getGpuCount();
		var names = new ArrayList<>(List.of("auto", "cpu"));
		for (int i = 0; i < gpus; i++)
			names.add(i == 0 ? "gpu" : "gpu:" + i);
		if (isAppleSilicon()) names.add("mps");
		return names;
	}

	/** One sentence that says why no CUDA GPU is used, and what to do; empty if there is one. */
	public static String whyNoGpu() {
		return engine().getGpuCount() > 0 ? "" : GpuLibraries.whyUnused();
	}

	/** Whether an error says that the memory of a device or of the machine was too small. */
	public static boolean isOutOfMemory(Throwable e) {
		var message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
		return e instanceof OutOfMemoryError || message.contains("out of memory") || message.contains("can't allocate memory");
	}

	private static boolean isAppleSilicon() {
		return System.getProperty("os.name").startsWith("Mac") && System.getProperty("os.arch").equals("aarch64");
	}

	/** @return as DJL names it, system-processor */
	static String platform(String system, String processor) {
		var name = system.startsWith("Win") ? "win" : system.startsWith("Mac") ? "osx" : system.toLowerCase(Locale.ROOT);
		return name + "-" + (processor.equals("amd64") ? "x86_64" : processor);
	}

	/** @throws IllegalArgumentException if there are no native libraries for it */
	static void checkPlatform(String platform) {
		if (!PLATFORMS.contains(platform)) throw new IllegalArgumentException("This Java runs on " + platform +
			", for which there is no PyTorch; must be one of " + String.join(", ", PLATFORMS) + ": use a 64-bit Fiji for your machine.");
	}

	private static Engine start() {
		checkPlatform(platform(System.getProperty("os.name"), System.getProperty("os.arch")));
		// No telemetry from a laboratory's machine. This is not set back, since DJL looks at it each time it is asked for an engine.
		System.setProperty("OPT_OUT_TRACKING", "true");
		Glibc.tune();
		EngineCache.sweep(Utils.getEngineCacheDir("pytorch"));
		// What is only needed until the engine is loaded is set back afterwards, so that other plugins may download and choose their libraries.
		try (var settings = new Properties()) {
			// No download without the user's knowledge.
			settings.set("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
			GpuLibraries.use(settings);
			var started = Engine.getEngine("PyTorch");
			Nnpack.switchOff();
			return started;
		}
		catch (EngineException | LinkageError e) {
			throw new IllegalArgumentException("PyTorch can't be loaded: " + rootCause(e) + ". Its libraries are in " + Utils.getEngineCacheDir(
				"pytorch") + "; delete them to have them unpacked anew.", e);
		}
		finally {
			Glibc.unset();
		}
	}

	private static Throwable rootCause(Throwable e) {
		return e.getCause() == null ? e : rootCause(e.getCause());
	}
}
