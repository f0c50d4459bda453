package io.github.densecolorize.model;

import java.util.Optional;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;

/**
 * What NVIDIA's driver reports, which is read without any other library of CUDA.
 *
 * @param version of CUDA that it supports, 1000 times the major and 10 times the minor number
 * @param devices number of GPUs that it can use
 */
record CudaDriver(int version, int devices)
{

	/** Empty if none is installed. */
	static Optional<CudaDriver> find() {
		try {
			var library = NativeLibrary.getInstance(Platform.isWindows() ? "nvcuda" : "cuda");
			IntByReference version = new IntByReference(), devices = new IntByReference();
			library.getFunction("cuDriverGetVersion").invokeInt(new Object[] { version });
			// Fails if there is no GPU, and leaves the count at 0.
			library.getFunction("cuInit").invokeInt(new Object[] { 0 });
			library.getFunction("cuDeviceGetCount").invokeInt(new Object[] { devices });
			return Optional.of(new CudaDriver(version.getValue(), devices.getValue()));
		}
		catch (UnsatisfiedLinkError e) {
			return Optional.empty();
		}
	}

	/** The version as NVIDIA writes it. */
	String versionText() {
		return version / 1000 + "." + version % 1000 / 10;
	}
}
