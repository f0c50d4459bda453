package io.github.densecolorize.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes a set of many images of noise, and says how much memory that took. Not a test: a large set takes minutes.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=io.github.densecolorize.data.LargeDataSetDemo \
 *   -Dexec.args="large.h5 200000 64"
 * </pre>
 */
public final class LargeDataSetDemo {

	private LargeDataSetDemo() {}

	/** @param args file, number of images, side in pixels */
	public static void main(String[] args) throws IOException {
		var file = Path.of(args[0]);
		int images = Integer.parseInt(args[1]), side = Integer.parseInt(args[2]);
		var classes = IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();
		var random = new Random(1);
		var argb = new int[side * side];
		long start = System.nanoTime();
		try (var writer = new ColorDataSetWriter(file, classes, side, 0.05, "noise", "crop")) {
			for (int i = 0; i < images; i++) {
				for (int k = 0; k < argb.length; k++)
					argb[k] = random.nextInt(1 << 24);
				writer.add(List.of(argb), (int) (10L * i / images));
			}
			for (var written : writer.finish(true))
				System.out.println(written + ": " + Files.size(written) / (1 << 20) + " MiB");
		}
		System.out.printf("%d images of %d pixels in %.0f s%n", images, side, (System.nanoTime() - start) / 1e9);
		var status = Path.of("/proc/self/status");
		if (Files.isReadable(status)) Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
		try (var set = ColorDataSet.open(file)) {
			System.out.println(set.size() + " images are read back, the last of class " + set.classes().get(set.label(images - 1)));
		}
	}
}
