package io.github.densecolorize.model;

import java.util.HashSet;
import java.util.Set;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Settings of GNU libc, before PyTorch is loaded, that its speed depends on. A program that is started from a shell could have them from
 * its environment; a plugin is started by somebody else. Other systems have no need of them.
 */
final class Glibc {

	/** Parameters of mallopt (malloc.h). */
	private static final int TRIM_THRESHOLD = -1, TOP_PAD = -2, MMAP_THRESHOLD = -3, ARENA_MAX = -8;
	private static final int MIB = 1 << 20;

	/** Variables that were set here. */
	private static final Set<String> SET = new HashSet<>();

	private Glibc() {}

	/**
	 * Sets a variable of the environment that native libraries read, and Java has read already, unless it has a value, until {@link #unset()}.
	 */
	static void setUnlessSet(String name, String value) {
		if (!Platform.isLinux() || System.getenv(name) != null || !SET.add(name)) return;
		call("setenv", name, value, 0);
	}

	/** Once the libraries have read them: programs that are started from here must not find them. */
	static void unset() {
		SET.forEach(name -> call("unsetenv", name));
		SET.clear();
	}

	private static void call(String function, Object... arguments) {
		try {
			NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
		}
		catch (UnsatisfiedLinkError e) {
			// As below.
		}
	}

	/** Sets what the user has not set. */
	static void tune() {
		if (!Platform.isLinux()) return;
		// PyTorch's threads otherwise wait by spinning, which beside any other busy thread makes it 5 to 10 times slower.
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
			// Another C library, such as musl: slower, not wrong.
		}
	}
}
