package io.github.densecolorize.model;

import java.util.HashSet;
import java.util.Set;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Settings of GNU libc that must be made before PyTorch is loaded, and on which its speed depends. A program that is started from a shell could get
 * them from its environment, but a plugin is started by another program. Other systems do not need them.
 */
final class Glibc {

	/** Parameters of mallopt (malloc.h). */
	private static final int TRIM_THRESHOLD = -1, TOP_PAD = -2, MMAP_THRESHOLD = -3, ARENA_MAX = -8;
	private static final int MIB = 1 << 20;

	/** Variables that were set here. */
	private static final Set<String> SET = new HashSet<>();

	private Glibc() {}

	/**
	 * Sets a variable of the environment, unless it has a value, until {@link #unset()} is called. Native libraries will see it; Java has read its
	 * environment before and will not.
	 */
	static void setUnlessSet(String name, String value) {
		if (!Platform.isLinux() || System.getenv(name) != null || !SET.add(name)) return;
		call("setenv", name, value, 0);
	}

	/** To be called when the libraries have read them, as programs that are started from here must not find them. */
	static void unset() {
		SET.forEach(name -> call("unsetenv", name));
		SET.clear();
	}

	private static void call(String function, Object... arguments) {
		try {
			NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
		}
		catch (UnsatisfiedLinkError e) {
			// There is another C library, see below.
		}
	}

	/** Makes those settings that the user has not made. */
	static void tune() {
		if (!Platform.isLinux()) return;
		// PyTorch's threads would otherwise wait in a busy loop, which makes it 5 to 10 times slower if any other thread is busy.
		setUnlessSet("OMP_WAIT_POLICY", "passive");
		try {
			var libc = NativeLibrary.getProcess();
			if (System.getenv().keySet().stream().anyMatch(name -> name.startsWith("MALLOC_"))) return;
			// Each large tensor would be given back to the system, and fresh, zeroed pages fetched for the next. A heap of which nothing is ever given
			// back is no faster than this one, and grows to four times the size.
			var mallopt = libc.getFunction("mallopt");
			mallopt.invokeInt(new Object[] { ARENA_MAX, 1 });
			mallopt.invokeInt(new Object[] { MMAP_THRESHOLD, 32 * MIB });
			mallopt.invokeInt(new Object[] { TRIM_THRESHOLD, 128 * MIB });
			mallopt.invokeInt(new Object[] { TOP_PAD, 64 * MIB });
		}
		catch (UnsatisfiedLinkError e) {
			// There is another C library, such as musl: PyTorch is slower, but not wrong.
		}
	}
}
