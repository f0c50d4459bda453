package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * NNPACK, a library of convolutions that PyTorch asks before each small one whether it knows the processor. Where it does not, each time a line
 * "[W ... NNPACK.cpp:57] Could not initialize NNPACK!" goes to stderr, hundreds in a run, among which an error would be lost.
 */
final class Nnpack {

	private static final String LIBRARY = "libtorch_cpu.so";
	/** What C++ makes of at::globalContext() and of at::Context::setUserEnabledNNPACK(bool). */
	private static final String CONTEXT = "_ZN2at13globalContextEv", ENABLE = "_ZN2at7Context20setUserEnabledNNPACKEb";

	private Nnpack() {}

	/** Has PyTorch, which must be loaded, not ask any more; as torch.backends.nnpack.set_flags(False) in Python. */
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
			// Another PyTorch: it warns, and computes the same.
		}
	}
}
