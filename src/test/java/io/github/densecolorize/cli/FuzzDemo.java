package io.github.densecolorize.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import com.sun.management.ThreadMXBean;

import ij.IJ;
import ij.io.FileSaver;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.data.ColorDataSet;
import io.github.densecolorize.files.Trees;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelArchive;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.open.ImageFiles;

/**
 * Opens files that were changed at random, by a seed: model folders, archives of models, data sets, images. Each must open, or be refused in
 * one sentence, within five seconds and 500 MB; a trace of anything else is printed with its number, by which it comes again.
 *
 * <pre>
 * mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -Xmx500m -cp target/classes:target/test-classes:$(cat target/classpath) io.github.densecolorize.cli.FuzzDemo models 2000 1
 * </pre>
 *
 * Of {@code models}, {@code archives}, {@code sets} and {@code images}; a fourth argument is the number of the only one to try.
 */
final class FuzzDemo {

	private static final int SECONDS = 5, MOST_MEGABYTES = 500;
	/** Values of numbers in JSON, and of numbers in bytes, at which programs break. */
	private static final List<String> VALUES = List.of("0", "-1", "1e6", "1e308", "1e999999999", "2147483648", "8192", "0.5", "null", "\"x\"", "{}",
		"[]", "[1000000,1,1,1]", "true", "NaN", "\"\\u001b[31m\"", "9".repeat(5000), "[".repeat(20000));
	private static final int[] INTEGERS = { 0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fff, 0xffff, 1 << 20, 1 << 28 };

	/** Opens a file. */
	@FunctionalInterface
	private interface Opener {

		void open(Path file) throws Exception;
	}

	private final Path folder;
	private final List<byte[]> seeds = new ArrayList<>();
	private final List<String> names = new ArrayList<>();

	private FuzzDemo(Path folder) {
		this.folder = folder;
	}

	public static void main(String[] args) throws Exception {
		System.setProperty("java.awt.headless", "true");
		var top = Files.createTempDirectory("dense-colorize-fuzz");
		boolean good;
		try {
			var fuzz = new FuzzDemo(top);
			Opener opener = switch (args[0]) {
				case "models" -> fuzz.models();
				case "archives" -> fuzz.archives();
				case "sets" -> fuzz.sets();
				case "images" -> fuzz.images();
				default -> throw new IllegalArgumentException(args[0]);
			};
			int from = args.length > 3 ? Integer.parseInt(args[3]) : 0;
			good = fuzz.run(args[0], opener, from, args.length > 3 ? from + 1 : Integer.parseInt(args[1]), Long.parseLong(args[2]));
		}
		finally {
			Trees.delete(top);
		}
		System.exit(good ? 0 : 1);
	}

	private boolean run(String kind, Opener opener, int from, int to, long seed) throws Exception {
		var threads = Executors.newCachedThreadPool(work -> {
			var thread = new Thread(work);
			thread.setDaemon(true);
			return thread;
		});
		int opened = 0, refused = 0, failed = 0;
		double slowest = 0, largest = 0;
		for (int i = from; i < to; i++) {
			var random = new Random(seed * 1_000_003 + i);
			int which = random.nextInt(seeds.size());
			var file = Files.write(folder.resolve(names.get(which)), mutated(seeds.get(which), names.get(which), random));
			long start = System.nanoTime();
			var allocated = new AtomicLong();
			var job = threads.submit(() -> {
				var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
				long before = counter.getCurrentThreadAllocatedBytes();
				try {
					opener.open(file);
				}
				finally {
					allocated.set((counter.getCurrentThreadAllocatedBytes() - before) >> 20);
				}
				return null;
			});
			try {
				job.get(SECONDS, TimeUnit.SECONDS);
				opened++;
			}
			catch (TimeoutException e) {
				failed++;
				System.out.println(kind + " " + i + ": takes more than " + SECONDS + " s");
			}
			catch (ExecutionException e) {
				var why = e.getCause();
				boolean sentence = (why instanceof IOException || why instanceof IllegalArgumentException) && why.getMessage() != null && why
					.getMessage().lines().count() == 1 && why.getMessage().chars().noneMatch(Character::isISOControl);
				if (sentence) refused++;
				else {
					failed++;
					System.out.println(kind + " " + i + ": " + why);
					why.printStackTrace(System.out);
				}
			}
			if (allocated.get() > MOST_MEGABYTES) {
				failed++;
				System.out.println(kind + " " + i + ": takes " + allocated.get() + " MB");
			}
			largest = Math.max(largest, allocated.get());
			slowest = Math.max(slowest, (System.nanoTime() - start) / 1e9);
			Files.deleteIfExists(file);
		}
		System.out.printf("%s: %d tried, %d opened, %d refused in one sentence, %d failed; slowest %.2f s, most memory %.0f MB%n", kind, to - from, opened,
			refused, failed, slowest, largest);
		return failed == 0;
	}

	private static byte[] mutated(byte[] seed, String name, Random random) {
		return name.endsWith(".json") ? text(seed, random) : bytes(seed, random);
	}

	private static byte[] text(byte[] seed, Random random) {
		if (random.nextInt(4) == 0) return bytes(seed, random);
		var text = new String(seed, StandardCharsets.UTF_8);
		for (int n = 1 + random.nextInt(3); n > 0; n--) {
			var lines = new ArrayList<>(text.lines().toList());
			int at = random.nextInt(lines.size());
			var value = VALUES.get(random.nextInt(VALUES.size()));
			switch (random.nextInt(3)) {
				case 0 -> lines.remove(at);
				case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
				default -> lines.set(at, lines.get(at).contains(":") ? lines.get(at).replaceFirst(":.*?(,?)$", ": " + Matcher
					.quoteReplacement(value) + "$1") : value);
			}
			text = String.join("\n", lines);
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(byte[] seed, Random random) {
		var bytes = seed.clone();
		for (int n = 1 + random.nextInt(6); n > 0; n--) {
			// What counts is mostly at the beginning.
			int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 600) : bytes.length);
			switch (random.nextInt(5)) {
				case 0 -> bytes[at] ^= 1 << random.nextInt(8);
				case 1 -> bytes[at] = (byte) random.nextInt();
				case 2 -> {
					int value = INTEGERS[random.nextInt(INTEGERS.length)];
					boolean little = random.nextBoolean();
					for (int i = 0; i < 4 && at + i < bytes.length; i++)
						bytes[at + i] = (byte) (value >> 8 * (little ? i : 3 - i));
				}
				case 3 -> {
					int length = Math.min(random.nextInt(64), bytes.length - at), to = random.nextInt(bytes.length - length + 1);
					System.arraycopy(bytes, at, bytes, to, length);
				}
				default -> {
					if (random.nextInt(4) == 0) bytes = Arrays.copyOf(bytes, Math.max(1, at));
				}
			}
		}
		return bytes;
	}

	private void seed(Path file) throws IOException {
		names.add(file.getFileName().toString());
		seeds.add(Files.readAllBytes(file));
	}

	private static String sha256(byte[] bytes) throws Exception {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
	}

	/** One of the two files is changed; if it is the weights, the hash is made to fit, so that more than the hash is tried. */
	private Opener models() throws IOException {
		var good = TinyModel.write(Files.createDirectory(folder.resolve("good")), "tiny", "he", "ihc");
		seed(good.resolve(ModelFolder.SPEC));
		seed(good.resolve(ModelFolder.WEIGHTS));
		names.add("raw.npz");
		seeds.add(stored(good.resolve(ModelFolder.WEIGHTS)));
		var model = Files.createDirectory(folder.resolve("model"));
		return file -> {
			var spec = new String(seeds.get(0), StandardCharsets.UTF_8);
			var weights = seeds.get(1);
			if (file.endsWith(ModelFolder.SPEC)) Files.copy(file, model.resolve(ModelFolder.SPEC), StandardCopyOption.REPLACE_EXISTING);
			else {
				var old = sha256(weights);
				weights = Files.readAllBytes(file);
				Files.writeString(model.resolve(ModelFolder.SPEC), spec.replace(old, sha256(weights)));
			}
			Files.write(model.resolve(ModelFolder.WEIGHTS), weights);
			ColorModel.open(model, "cpu").close();
		};
	}

	/** The same arrays, not packed: what is changed then is numbers and headers, and not only the packing. */
	private static byte[] stored(Path zip) throws IOException {
		var out = new ByteArrayOutputStream();
		try (var from = new ZipInputStream(Files.newInputStream(zip)); var to = new ZipOutputStream(out)) {
			to.setLevel(0);
			for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
				to.putNextEntry(new ZipEntry(entry.getName()));
				from.transferTo(to);
			}
		}
		return out.toByteArray();
	}

	private Opener archives() throws IOException {
		var good = TinyModel.write(Files.createDirectory(folder.resolve("good")), "tiny", "he", "ihc");
		ModelArchive.write(good, folder.resolve("tiny.zip"));
		seed(folder.resolve("tiny.zip"));
		names.add("raw.zip");
		seeds.add(stored(folder.resolve("tiny.zip")));
		return file -> {
			var models = folder.resolve("models");
			ModelArchive.read(file, models);
			Trees.delete(models);
		};
	}

	private Opener sets() throws IOException {
		seed(TinyDataSet.write(folder.resolve("set.h5"), 5, 16));
		seed(TinyDataSet.write(folder.resolve("one.h5"), 1, 16));
		return file -> {
			try (var set = ColorDataSet.open(file)) {
				for (int i = 0; i < Math.min(20, set.size()); i++)
					set.argb(i);
			}
		};
	}

	/** Of all formats that ImageJ writes. */
	private Opener images() throws IOException {
		var from = Files.createDirectory(folder.resolve("good"));
		for (var type : List.of("8-bit ramp", "16-bit ramp", "32-bit ramp", "RGB ramp"))
			for (int slices : new int[] { 1, 3 }) {
				var image = IJ.createImage("ramp", type, 24, 16, slices);
				image.setProp("key", "value");
				image.setRoi(2, 2, 5, 5);
				var file = from.resolve(type.replace(" ", "-") + slices + ".tif");
				if (slices > 1) new FileSaver(image).saveAsTiffStack(file.toString());
				else new FileSaver(image).saveAsTiff(file.toString());
				seed(file);
			}
		var gray = new FileSaver(IJ.createImage("ramp", "8-bit ramp", 24, 16, 1));
		gray.saveAsPng(from.resolve("a.png").toString());
		gray.saveAsJpeg(from.resolve("a.jpg").toString());
		gray.saveAsGif(from.resolve("a.gif").toString());
		gray.saveAsBmp(from.resolve("a.bmp").toString());
		gray.saveAsPgm(from.resolve("a.pgm").toString());
		gray.saveAsFits(from.resolve("a.fits").toString());
		gray.saveAsZip(from.resolve("a.zip").toString());
		for (var ending : List.of("png", "jpg", "gif", "bmp", "pgm", "fits", "zip"))
			seed(from.resolve("a." + ending));
		return file -> {
			var image = ImageFiles.open(file, sentence -> {});
			image.getStack().getProcessor(image.getStackSize());
		};
	}
}
