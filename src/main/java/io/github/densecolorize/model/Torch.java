package io.github.densecolorize.model;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.cuda.CudaUtils;

/** The engine and the devices it can compute on. */
public final class Torch {

	private static final Engine ENGINE = start();

	private Torch() {}

	/** PyTorch; loaded at the first call, which unpacks its native libraries if the cache does not have them. */
	public static Engine engine() {
		return ENGINE;
	}

	/**
	 * @param name {@code auto} (the first GPU, else the CPU), {@code cpu}, {@code gpu}, {@code gpu:1}, ... or {@code mps}
	 * @throws IllegalArgumentException for another name, or a device that is not there, with the reason
	 */
	public static Device device(String name) {
		int gpus = ENGINE.getGpuCount();
		if (name.equals("auto")) return gpus > 0 ? Device.gpu() : Device.cpu();
		if (name.equals("cpu")) return Device.cpu();
		if (name.equals("mps")) {
			if (!isAppleSilicon()) throw new IllegalArgumentException(
				"Device mps is Apple's GPU and this is no Mac with one; use device=cpu or device=auto.");
			return Device.of("mps", -1);
		}
		if (!name.matches("gpu(:\\d{1,3})?")) throw new IllegalArgumentException("Device is \"" + name +
			"\"; must be auto, cpu, gpu, gpu:1 (the second one) or mps.");
		int index = name.equals("gpu") ? 0 : Integer.parseInt(name.substring(4));
		if (gpus == 0) throw new IllegalArgumentException("Device " + name + " can't be used: " + whyNoGpu() + " Use device=cpu.");
		if (index >= gpus) throw new IllegalArgumentException("Device " + name + " is not there, this machine has " + gpus +
			" GPU(s), the first is gpu:0.");
		return Device.gpu(index);
	}

	/**
	 * The devices that a job may share.
	 *
	 * @param name as {@link #device} takes it; {@code auto} takes all GPUs
	 * @throws IllegalArgumentException likewise
	 */
	public static List<Device> devices(String name) {
		int gpus = ENGINE.getGpuCount();
		return name.equals("auto") && gpus > 1 ? IntStream.range(0, gpus).mapToObj(Device::gpu).toList() : List.of(device(name));
	}

	/** What the engine is and runs on, by name, for users. */
	public static Map<String, String> facts() {
		var facts = new LinkedHashMap<String, String>();
		var device = device("auto");
		facts.put("device", device.getDeviceType() + (device.isGpu() ? ":" + device.getDeviceId() : ""));
		facts.put("memory", (device.isGpu() ? CudaUtils.getGpuMemory(device).getMax() : memory()) / (1 << 20) + " MiB");
		facts.put("PyTorch", ENGINE.getVersion());
		facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
		facts.put("GPUs", String.valueOf(ENGINE.getGpuCount()));
		var why = whyNoGpu();
		if (!why.isEmpty()) facts.put("no GPU", why);
		return facts;
	}

	private static long memory() {
		return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system ? system.getTotalMemorySize() : Runtime
			.getRuntime().maxMemory();
	}

	/** One sentence that says why no CUDA GPU is used; empty if there is one. */
	public static String whyNoGpu() {
		if (ENGINE.getGpuCount() > 0) return "";
		if (!CudaUtils.hasCuda()) return
			"no usable NVIDIA GPU was found; the driver or the CUDA runtime (libcudart) is missing, or the driver is older than the runtime.";
		return "this machine has a CUDA GPU, but the PyTorch libraries in use are the CPU's; set PYTORCH_LIBRARY_PATH to a PyTorch " +
			ENGINE.getVersion() + " with CUDA.";
	}

	private static boolean isAppleSilicon() {
		return System.getProperty("os.name").startsWith("Mac") && System.getProperty("os.arch").equals("aarch64");
	}

	private static Engine start() {
		// No telemetry from a lab's machine, and no download behind the user's back; both are read when the engine starts.
		System.setProperty("OPT_OUT_TRACKING", "true");
		System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
		Glibc.tune();
		return Engine.getEngine("PyTorch");
	}
}
