package io.github.densecolorize.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.jhdf.HdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.dataset.ChunkedDataset;

import io.github.densecolorize.TinyDataSet;

public class ColorDataSetTest {

	private static final int SIDE = 16;
	private static final Path SETS = Path.of("src/test/resources/sets");

	@TempDir
	private Path folder;

	/** Noise, which deflate can't make smaller: a file of n images is a little more than 768 n bytes. */
	private int[] noise(int seed) {
		var random = new Random(seed);
		return TinyDataSet.image(SIDE, i -> 0xff000000 | random.nextInt(1 << 24));
	}

	private ColorDataSetWriter writer(Path file, double validation, long shardBytes, String... classes) throws IOException {
		return new ColorDataSetWriter(file, List.of(classes), SIDE, validation, "a test", "crop", shardBytes);
	}

	@Test
	public void whatIsWrittenIsReadBack() throws IOException {
		for (int n : new int[] { 1, 2, 1500 }) {
			var file = folder.resolve("set" + n + ".h5");
			try (var writer = writer(file, 0.1, Long.MAX_VALUE, "Färbung", "ü")) {
				for (int i = 0; i < n; i++)
					writer.add(List.of(noise(i)), i % 2);
				assertEquals(List.of(file), writer.finish(false));
			}
			try (var set = ColorDataSet.open(file)) {
				assertEquals(List.of("Färbung", "ü"), set.classes());
				assertEquals(n, set.size());
				assertEquals(SIDE, set.side());
				assertEquals("set" + n, set.name());
				for (int i : new int[] { 0, n / 2, n - 1 }) {
					assertEquals(i % 2, set.label(i));
					assertArrayEquals(noise(i), set.argb(i));
				}
			}
		}
	}

	/** As another program sees it: one chunk an image, deflated, and the types that the documentation says. */
	@Test
	public void theFileHasTheDocumentedLayout() throws IOException {
		var file = TinyDataSet.write(folder.resolve("set.h5"), 5, SIDE);
		try (var hdf = new HdfFile(file)) {
			var rgb = (ChunkedDataset) hdf.getDatasetByPath("rgb");
			assertArrayEquals(new int[] { 10, SIDE, SIDE, 3 }, rgb.getDimensions());
			assertArrayEquals(new int[] { 1, SIDE, SIDE, 3 }, rgb.getChunkDimensions());
			assertEquals("deflate", rgb.getFilters().get(0).getName());
			assertArrayEquals(new int[] { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 }, (int[]) hdf.getDatasetByPath("label").getData());
			// A fifth of five images is one, the middle one.
			assertArrayEquals(new int[] { 0, 0, 1, 0, 0, 0, 0, 1, 0, 0 }, (int[]) hdf.getDatasetByPath("split").getData());
			assertArrayEquals(new String[] { "bright", "dark" }, (String[]) hdf.getAttribute("classes").getData());
			assertEquals(1, hdf.getAttribute("format").getData());
			assertEquals("made up", hdf.getAttribute("source").getData());
		}
		assertEquals(List.of("set.h5"), names());
	}

	@Test
	public void aLargeSetGoesToShards() throws IOException {
		var file = folder.resolve("large.h5");
		try (var writer = writer(file, 0.1, 3000, "a")) {
			for (int i = 0; i < 10; i++)
				writer.add(List.of(noise(i)), 0);
			assertEquals(List.of("large-001.h5", "large-002.h5", "large-003.h5"), writer.finish(false).stream().map(f -> f.getFileName().toString())
				.toList());
		}
		try (var set = ColorDataSet.open(file)) {
			assertEquals(10, set.size());
			for (int i = 0; i < 10; i++)
				assertArrayEquals(noise(i), set.argb(i));
			// Of 10 images the middle one: 5 of 1 to 10 begins the second half.
			assertEquals(List.of(4), IntStream.range(0, 10).filter(set::isValidation).boxed().toList());
		}
		try (var one = ColorDataSet.open(folder.resolve("large-002.h5"))) {
			assertEquals(4, one.size());
		}
		Files.move(folder.resolve("large-003.h5"), folder.resolve("elsewhere.h5"));
		assertEquals("Data set " + file + " ends with large-002.h5, which is not its last shard; bring the others to this folder.", assertThrows(
			IOException.class, () -> ColorDataSet.open(file)).getMessage());
		Files.move(folder.resolve("large-002.h5"), folder.resolve("large-003.h5"));
		Files.move(folder.resolve("elsewhere.h5"), folder.resolve("large-002.h5"));
		assertTrue(assertThrows(IOException.class, () -> ColorDataSet.open(file)).getMessage().contains(
			"large-002.h5 says that it is shard 3; must be 2"));
	}

	/** Each shard has its own list; the same laboratory has the same number in all. */
	@Test
	public void laboratoriesAreTheSameInAllShards() throws IOException {
		var file = folder.resolve("large.h5");
		try (var writer = writer(file, 0.1, 2000, "a")) {
			for (var name : List.of("bonn", "kiel", "kiel", "kiel", "ulm", "bonn", "bonn"))
				writer.add(List.of(noise(name.length())), 0, name);
			assertEquals(3, writer.finish(false).size());
		}
		try (var set = ColorDataSet.open(file)) {
			assertEquals(List.of(0, 1, 1, 1, 2, 0, 0), IntStream.range(0, 7).mapToObj(set::group).toList());
		}
	}

	@Test
	public void withoutLaboratoriesAllImagesAreOfOne() throws IOException {
		try (var set = ColorDataSet.open(TinyDataSet.write(folder.resolve("set.h5"), 5, SIDE)); var hdf = new HdfFile(folder.resolve("set.h5"))) {
			assertEquals(List.of(0), IntStream.range(0, 10).mapToObj(set::group).distinct().toList());
			assertEquals(null, hdf.getChild("group"));
		}
	}

	@Test
	public void laboratoriesThatMeanNothingAreRefused() throws IOException {
		var file = folder.resolve("groups.h5");
		writeGroups(file, new int[] { 0, 1 }, null);
		assertEquals("Data set " + file + " has /group but no /groups, their names; build it again with Build Colorizer Data Set.", refusal(file));
		writeGroups(file, new int[] { 0, 1 }, new String[] { "bonn" });
		assertTrue(refusal(file).contains("has a /group 1 but 1 group; must be 0 to 0"), refusal(file));
		writeGroups(file, new int[] { 0, 1 }, new String[] { "bonn", "bonn" });
		assertTrue(refusal(file).contains("has two groups of the name bonn; each needs one of its own"), refusal(file));
		writeGroups(file, new int[] { 0 }, new String[] { "bonn" });
		assertTrue(refusal(file).contains("has /group of shape [1]; must be [2]"), refusal(file));
		writeGroups(file, new int[] { 0, 0 }, new int[] { 7 });
		assertTrue(refusal(file).contains("has /groups that holds no text; must be a list of names"), refusal(file));
	}

	private static void writeGroups(Path file, int[] group, Object groups) throws IOException {
		Files.deleteIfExists(file);
		try (var hdf = HdfFile.write(file)) {
			hdf.putAttribute("classes", new String[] { "a" });
			hdf.putDataset("rgb", new byte[2][4][4][3], DatasetCreationOptions.builder().unsigned().build());
			hdf.putDataset("label", new int[2]);
			hdf.putDataset("split", new byte[2], DatasetCreationOptions.builder().unsigned().build());
			hdf.putDataset("group", group);
			if (groups != null) hdf.putDataset("groups", groups);
		}
	}

	@Test
	public void aSetReplacesAnotherAsAWhole() throws IOException {
		var file = folder.resolve("set.h5");
		for (int n : new int[] { 10, 2, 12 }) {
			try (var writer = writer(file, 0.1, 3000, "a")) {
				for (int i = 0; i < n; i++)
					writer.add(List.of(noise(i)), 0);
				if (n < 10) assertThrows(IOException.class, () -> writer.finish(false));
				writer.finish(true);
			}
			assertEquals(n == 2 ? List.of("set.h5") : List.of("set-001.h5", "set-002.h5", "set-003.h5"), names());
			try (var set = ColorDataSet.open(file)) {
				assertEquals(n, set.size());
			}
		}
	}

	@Test
	public void whatIsNotFinishedLeavesNothing() throws IOException {
		var file = folder.resolve("set.h5");
		try (var writer = writer(file, 0.1, 1000, "a")) {
			for (int i = 0; i < 5; i++)
				writer.add(List.of(noise(i)), 0);
			assertTrue(names().stream().allMatch(name -> name.startsWith(".")), names().toString());
		}
		assertEquals(List.of(), names());
	}

	/** Two programs, or two windows, that build one set. */
	@Test
	public void theSecondThatWritesASetIsToldWhoDoes() throws IOException {
		var file = folder.resolve("set.h5");
		try (var writer = writer(file, 0.1, 1000, "a")) {
			var message = assertThrows(IOException.class, () -> writer(file, 0.1, 1000, "a")).getMessage();
			assertTrue(message.startsWith("Data set " + file + " is being written by process " + ProcessHandle.current().pid() + " on "), message);
			writer.add(List.of(noise(1)), 0);
			writer.finish(false);
		}
		try (var set = ColorDataSet.open(file)) {
			assertEquals(1, set.size());
		}
		assertEquals(List.of("set.h5"), names());
	}

	/** A set that comes while another of this name is made, by another program, stays. */
	@Test
	public void whatCameMeanwhileStays() throws IOException {
		var file = folder.resolve("set.h5");
		try (var writer = writer(file, 0.1, Long.MAX_VALUE, "a")) {
			writer.add(List.of(noise(1)), 0);
			Files.writeString(file, "sooner");
			assertTrue(assertThrows(IOException.class, () -> writer.finish(false)).getMessage().contains("exists; choose another name"));
		}
		assertEquals("sooner", Files.readString(file));
	}

	/** In Arabic, Persian and Hindi, Java has other digits. */
	@Test
	public void shardsHaveTheSameNamesInAllLanguages() {
		var before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			assertEquals("set-001.h5", ColorDataSet.shard("set.h5", 1));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	/** Shards of two sets, as after a stop in the midst of replacing one by the other. */
	@Test
	public void shardsOfTwoSetsAreToldApart() throws IOException {
		var file = folder.resolve("set.h5");
		for (var name : List.of("other.h5", "set.h5"))
			try (var writer = writer(folder.resolve(name), 0.1, 1000, "a")) {
				for (int i = 0; i < 3; i++)
					writer.add(List.of(noise(i)), 0);
				writer.finish(false);
			}
		Files.move(folder.resolve("other-002.h5"), folder.resolve("set-002.h5"), StandardCopyOption.REPLACE_EXISTING);
		var message = assertThrows(IOException.class, () -> ColorDataSet.open(file)).getMessage();
		assertTrue(message.contains("set-002.h5 is of another set than the shards before it"), message);
	}

	@Test
	public void aSetWithoutClassesIsRefused() throws IOException {
		var file = folder.resolve("set.h5");
		try (var hdf = HdfFile.write(file)) {
			hdf.putAttribute("classes", new String[] { "" });
			hdf.putDataset("rgb", new byte[1][SIDE][SIDE][3], DatasetCreationOptions.builder().unsigned().build());
			hdf.putDataset("label", new int[1]);
			hdf.putDataset("split", new byte[1], DatasetCreationOptions.builder().unsigned().build());
		}
		var message = assertThrows(IOException.class, () -> ColorDataSet.open(file)).getMessage();
		assertTrue(message.contains("has a class without a name"), message);
	}

	@Test
	public void aClassOfTwoGivesOneToValidation() throws IOException {
		var file = folder.resolve("set.h5");
		try (var writer = writer(file, 0.1, Long.MAX_VALUE, "one", "two", "thirty")) {
			for (int label = 0; label < 3; label++) {
				for (int i = 0; i < new int[] { 1, 2, 30 }[label]; i++)
					writer.add(List.of(noise(i)), label);
				writer.endClass(label);
			}
			assertEquals(List.of(0L, 1L, 3L), IntStream.range(0, 3).mapToObj(label -> writer.images(label, true)).toList());
			assertEquals(List.of(1L, 1L, 27L), IntStream.range(0, 3).mapToObj(label -> writer.images(label, false)).toList());
			writer.finish(false);
		}
		try (var set = ColorDataSet.open(file)) {
			assertFalse(set.isValidation(0));
			assertTrue(set.isValidation(2));
		}
	}

	/** Parts of one scene would tell the answer if some of them were trained on. */
	@Test
	public void aSceneIsNotDivided() throws IOException {
		var file = folder.resolve("set.h5");
		try (var writer = writer(file, 0.25, Long.MAX_VALUE, "a")) {
			for (int i = 0; i < 8; i++)
				writer.add(List.of(noise(3 * i), noise(3 * i + 1), noise(3 * i + 2)), 0);
			writer.finish(false);
		}
		try (var set = ColorDataSet.open(file)) {
			assertEquals(6, IntStream.range(0, 24).filter(set::isValidation).count());
			for (int i = 0; i < 24; i++)
				assertEquals(set.isValidation(i - i % 3), set.isValidation(i));
		}
	}

	@Test
	public void otherLayoutsAreRefusedWithWhatIsMissing() throws IOException {
		var file = folder.resolve("other.h5");
		assertTrue(refusal(file).startsWith("Data set " + file + " does not exist"));
		Files.writeString(file, "no HDF5");
		assertTrue(refusal(file).contains("it is no HDF5 file or damaged; build it again"), refusal(file));
		write(file, new byte[2][4][4][3], new int[2], null, "a");
		assertEquals("Data set " + file + " has no /split; build it again with Build Colorizer Data Set.", refusal(file));
		write(file, new byte[2][4][5][3], new int[2], new byte[2], "a");
		assertTrue(refusal(file).contains("has /rgb of shape [2, 4, 5, 3]; must be uint8 (N, S, S, 3)"), refusal(file));
		write(file, new float[2][4][4][3], new int[2], new byte[2], "a");
		assertTrue(refusal(file).contains("has /rgb of shape [2, 4, 4, 3], not of uint8;"), refusal(file));
		write(file, new byte[2][4][4][3], new int[3], new byte[2], "a");
		assertTrue(refusal(file).contains("has /label of shape [3]; must be [2]"), refusal(file));
		write(file, new byte[2][4][4][3], new int[] { 0, 1 }, new byte[2], "a");
		assertTrue(refusal(file).contains("has a /label 1 but 1 class; must be 0 to 0"), refusal(file));
		write(file, new byte[2][4][4][3], new int[] { 0, 1 }, new byte[2]);
		assertTrue(refusal(file).contains("has no attribute classes"), refusal(file));
	}

	/** What is neither 0 nor 1 is no training image by default: it may be one of a test. */
	@Test
	public void valuesThatMeanNothingAreRefused() throws IOException {
		var file = folder.resolve("values.h5");
		write(file, new byte[3][4][4][3], new int[3], new byte[] { 0, 1, 2 }, "a");
		assertEquals("Data set " + file +
			" has a /split 2, which is neither training (0) nor validation (1); must be 0 to 1; build it again with Build Colorizer Data Set.", refusal(
				file));
		write(file, new byte[2][4][4][3], new long[] { 0, 1L << 32 }, new byte[2], "a", "b");
		assertTrue(refusal(file).contains("has a /label 4294967296 but 2 classes; must be 0 to 1"), refusal(file));
		write(file, new byte[2][4][4][3], new int[] { 0, -1 }, new byte[2], "a", "b");
		assertTrue(refusal(file).contains("has a /label -1 but 2 classes"), refusal(file));
		write(file, new byte[2][4][4][3], new double[2], new byte[2], "a", "b");
		assertTrue(refusal(file).contains("has /label that holds no integers;"), refusal(file));
		write(file, new byte[2][4][4][3], new int[2], new byte[2], "a", "b", "a");
		assertTrue(refusal(file).contains("has two classes of the name a; each needs one of its own"), refusal(file));
		write(file, new byte[2][4][4][3], new int[2], new byte[2], "a", "");
		assertTrue(refusal(file).contains("has a class without a name in [a, ]"), refusal(file));
	}

	/** Files of h5py 3.7: two images with the values 0 to 95, of class 0 for training and of class 1 for validation. */
	@ParameterizedTest
	@ValueSource(strings = { "lzf", "soft-link", "logical-split" })
	public void whatOtherProgramsWriteIsRead(String name) throws IOException {
		try (var set = ColorDataSet.open(SETS.resolve(name + ".h5"))) {
			assertEquals(0xff2d2e2f, set.argb(0)[15]);
			assertEquals(0xff303132, set.argb(1)[0]);
			assertEquals(List.of(0, 1), List.of(set.label(0), set.label(1)));
			assertFalse(set.isValidation(0));
			assertTrue(set.isValidation(1));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		szip | has /rgb compressed with szip, which is not supported: use gzip.
		scale-offset | has /rgb compressed with scale-offset, which is not supported: use gzip.
		virtual | holds a virtual HDF5 data set, whose values lie in other files, which is not supported; copy the values into one file.
		external | holds an HDF5 data set whose values lie in an external file, which is not supported; copy the values into one file.
		broken-link | has /rgb as a link to /pictures, which is not there; copy the values into /rgb.
		circular-link | has /rgb as a link to /rgb, which is not there; copy the values into /rgb.
		no-image | has no image; build it again with Build Colorizer Data Set.
		unwritten | has /rgb into which no image was written; build it again with Build Colorizer Data Set.
		""")
	public void whatIsNotSupportedIsNamedBeforeTraining(String name, String sentence) {
		var file = SETS.resolve(name + ".h5");
		assertEquals("Data set " + file + " " + sentence, refusal(file));
	}

	/** A contiguous data set, as h5py writes it by default. */
	@Test
	public void contiguousImagesAreRead() throws IOException {
		var file = folder.resolve("contiguous.h5");
		var rgb = new byte[2][4][4][3];
		rgb[1][2][3] = new byte[] { (byte) 0x80, 0x40, (byte) 0xff };
		write(file, rgb, new int[] { 0, 0 }, new byte[] { 0, 1 }, "a");
		try (var set = ColorDataSet.open(file)) {
			assertEquals(0xff8040ff, set.argb(1)[11]);
			assertEquals(0xff000000, set.argb(0)[11]);
			assertTrue(set.isValidation(1));
		}
	}

	@Test
	public void aFileThatShrankIsSaid() throws IOException {
		var file = TinyDataSet.write(folder.resolve("set.h5"), 200, SIDE);
		try (var set = ColorDataSet.open(file)) {
			try (var raf = new RandomAccessFile(file.toFile(), "rw")) {
				raf.setLength(8192);
			}
			var message = assertThrows(IOException.class, () -> set.argb(399)).getMessage();
			assertTrue(message.startsWith("Image 399 of data set " + file + " can't be read") && message.endsWith(
				"the file is damaged or has changed: restore it, or build it again."), message);
		}
	}

	private static String refusal(Path file) {
		return assertThrows(IOException.class, () -> ColorDataSet.open(file)).getMessage();
	}

	private static void write(Path file, Object rgb, Object label, byte[] split, String... classes) throws IOException {
		Files.deleteIfExists(file);
		try (var hdf = HdfFile.write(file)) {
			if (rgb instanceof byte[][][][]) hdf.putDataset("rgb", rgb, DatasetCreationOptions.builder().unsigned().build());
			else hdf.putDataset("rgb", rgb);
			hdf.putDataset("label", label);
			if (split != null) hdf.putDataset("split", split, DatasetCreationOptions.builder().unsigned().build());
			if (classes.length > 0) hdf.putAttribute("classes", classes);
		}
	}

	private List<String> names() throws IOException {
		try (var files = Files.list(folder)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}
}
