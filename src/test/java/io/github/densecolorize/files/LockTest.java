package io.github.densecolorize.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class LockTest {

	@TempDir
	private Path folder;

	private static String refusal(Path target) {
		return assertThrows(IOException.class, () -> Lock.on(target, "Model folder x")).getMessage();
	}

	@Test
	public void theSecondInAProgramIsToldWhoHasIt() throws IOException {
		var target = folder.resolve("x");
		try (var lock = Lock.on(target, "Model folder x")) {
			for (int i = 0; i < 2; i++)
				assertTrue(refusal(target).matches("Model folder x is being written by process " + ProcessHandle.current().pid() +
					" on .+ since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC; wait until it has ended, or give another name."), refusal(target));
			// Where case does not count they are one.
			assertTrue(refusal(folder.resolve("X")).startsWith("Model folder x is being written"));
			Lock.on(folder.resolve("y"), "Model folder y").close();
		}
		Lock.on(target, "Model folder x").close();
		try (var files = Files.list(folder)) {
			assertEquals(List.of(), files.toList());
		}
	}

	/** Whatever its number: the system takes the lock back from a program that was killed. */
	@Test
	public void aLockOfAnotherProgramHoldsUntilItIsKilled() throws Exception {
		var target = folder.resolve("x");
		var other = OtherProgram.start("lock", target);
		try {
			assertTrue(refusal(target).contains("by process " + other.pid() + " on "), refusal(target));
		}
		finally {
			other.destroyForcibly().waitFor();
		}
		assertTrue(Files.exists(Lock.file(target)));
		Lock.on(target, "Model folder x").close();
		assertFalse(Files.exists(Lock.file(target)));
	}

	/** As some network drives are. */
	@Test
	public void withoutLocksAgeDecides() throws IOException {
		var file = folder.resolve("lock");
		Lock.Locker none = channel -> {
			throw new IOException("Function not implemented");
		};
		var first = Lock.take(file, "somebody", none);
		assertNotNull(first);
		assertFalse(first.isCertain());
		// As if that program had ended without a word.
		first.leave();
		assertTrue(Files.exists(file));
		assertNull(Lock.take(file, "me", none));
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
		var taken = Lock.take(file, "me", none);
		assertNotNull(taken);
		Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
		taken.touch();
		assertFalse(Lock.isOld(file));
		taken.close();
		assertFalse(Files.exists(file));
	}

	/** 64 characters of 4 bytes: the longest name that there is. */
	@Test
	public void theNameOfALockIsShort() {
		assertEquals(16 + 36 + 5, Lock.file(folder.resolve("\ud83d\ude00".repeat(63))).getFileName().toString().length());
		assertNotEquals(Lock.file(folder.resolve("a")), Lock.file(folder.resolve("b")));
	}
}
