package io.github.densecolorize.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;

/** Another program, which holds what it is told to until it is killed. */
public final class OtherProgram {

	private OtherProgram() {}

	/** Starts it, and waits until it has what it is to have. */
	static Process start(String what, Path target) throws IOException {
		var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty(
			"java.class.path"), OtherProgram.class.getName(), what, target.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		if (process.inputReader().readLine() == null) throw new IOException("the other program has ended");
		return process;
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		var target = Path.of(args[1]);
		switch (args[0]) {
			case "lock" -> Lock.on(target, "Model folder");
			case "file" -> new NewFile(target).write(out -> out.write(new byte[100]));
			// Killed when all is written down, and nothing has its name yet.
			case "landing" -> {
				var workspace = Workspace.in(target);
				var made = new LinkedHashMap<Path, Path>();
				for (var name : List.of("one", "two"))
					made.put(Files.writeString(workspace.path(name), "new"), target.resolve(name));
				new Landing(target, workspace.path("one").getParent(), made, List.of(target.resolve("three"))).write();
				// The first of them has its name already.
				Files.move(workspace.path("one"), target.resolve("one"), StandardCopyOption.REPLACE_EXISTING);
			}
			default -> throw new IllegalArgumentException(args[0]);
		}
		System.out.println("ready");
		Thread.sleep(60_000);
	}
}
