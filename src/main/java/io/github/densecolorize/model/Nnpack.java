package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Switches off NNPACK, a library of convolutions. Before each small convolution PyTorch asks it whether it supports the processor; if it does not, a
 * line "[W ... NNPACK.cpp:57] Could not initialize NNPACK!" is printed to stderr each time: hundreds in a run, among which an error would be
 * overlooked.
 */
final class Nnpack {

	private static final String LIBRARY = "libtorch_cpu.so";
	/** The names that C++ gives to at::globalContext() and at::Context::setUserEnabledNNPACK(bool) in the library. */
	private static final String CONTEXT = "_ZN2at13globalContextEv", ENABLE = "_ZN2at7Context20setUserEnabledNNPACKEb";

	private Nnpack() {}

	/** Makes PyTorch, which must be loaded, no longer ask; the same as torch.backends.nnpack.set_flags(False) in Python. */
	static void switchOff() {
		if (!Platform.isLinux()) return;
		try (var mapped = Files.lines(Path.of("/proc/self/maps"))) {
			var file = mapped.filter(line -> line.endsWith("/" + LIBRARY)).map(line -> line.substring(line.indexOf('/'))).findFirst();
			if (file.isEmpty()) return;
			try (var torch = NativeLibrary.getInstance(file.get())) {
				torch.getFunction(ENABLE).invokeVoid(new Object[] { torch.getFunction(CONTEXT).invokePointer(new Object[0]), false });
			}
		}
		catch (IOException | UnsatisfiedLinkError e) {
			// A different version of PyTorch: it warns, but computes the same.
		}
	}
}
