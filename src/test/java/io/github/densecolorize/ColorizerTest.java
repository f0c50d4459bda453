package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ByteArray;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

import ai.djl.engine.EngineException;

import io.github.densecolorize.Colorizer.Options;
import io.github.densecolorize.image.GrayMapping;
import io.github.densecolorize.image.Lab;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.DeviceMemory;

public class ColorizerTest {

	@TempDir
	static Path folder;
	private static ColorModel model;

	@BeforeAll
	static void open() throws IOException {
		model = ColorModel.open(TinyModel.write(folder, "tiny", "one", "two", "three"), "cpu");
	}

	@AfterAll
	static void close() {
		model.close();
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "1, 1, 0.25", "7, 133, 1", "7, 133, 0.25", "123, 89, 1", "123, 89, 0.5", "123, 89, 0.37" })
	public void tilesGiveTheSameAsOnePiece(int width, int height, double scale) {
		var l = noise(width, height);
		assertArrayEquals(chroma(l, scale, 4096, DeviceMemory.REAL), chroma(l, scale, 32, DeviceMemory.REAL), 1e-3f);
		assertEquals(0, difference(rgb(l, scale, 4096), rgb(l, scale, 32)), 1);
	}

	@ParameterizedTest
	@CsvSource({ "1, 4096", "0.37, 32" })
	public void severalPlansAtOnceGiveWhatEachGivesAlone(double scale, int tile) {
		var l = noise(123, 89);
		var colorizer = new Colorizer(model, new Options("auto", scale, tile));
		var plans = Stream.concat(Stream.of("auto"), model.spec().choices().stream()).map(category -> new Colorizer(model, new Options(category, scale, tile))
			.plan(List.of(l), 0)).toList();
		var together = plans.stream().map(plan -> new float[2 * 123 * 89]).toList();
		colorizer.colorize(l, plans, together.stream().map(ab -> sink(l, ab)).toList(), Progress.NONE);
		for (int i = 0; i < plans.size(); i++) {
			var alone = new float[2 * 123 * 89];
			colorizer.colorize(l, plans.get(i), sink(l, alone), Progress.NONE);
			assertArrayEquals(alone, together.get(i));
			if (i > 0) assertFalse(Arrays.equals(together.get(i - 1), together.get(i)));
		}
	}

	/** Of a device that computes no more than 60 x 60 pixels at once. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	public void tilesThatTheMemoryDoesNotHoldAreHalved(boolean tensors) {
		var l = noise(150, 110);
		var refused = new ArrayList<Integer>();
		DeviceMemory small = pixels -> {
			if (pixels <= 60 * 60) return;
			refused.add(pixels);
			throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB");
		};
		assertArrayEquals(chroma(l, 1, 4096, DeviceMemory.REAL), chroma(l, 1, 4096, tensors, small), 1e-3f);
		assertEquals(2, refused.size(), refused.toString());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	public void noMemoryAtAllIsSaid(boolean tensors) {
		var message = assertThrows(IllegalArgumentException.class, () -> chroma(noise(50, 50), 1, 4096, tensors, pixels -> {
			throw new EngineException("CUDA out of memory");
		})).getMessage();
		assertEquals("The memory of cpu() does not suffice for a tile of 25 pixels; close other programs, or use device=cpu.", message);
	}

	@Test
	public void otherErrorsOfTheDeviceComeThrough() {
		assertEquals("cuDNN", assertThrows(EngineException.class, () -> chroma(noise(50, 50), 1, 32, pixels -> {
			throw new EngineException("cuDNN");
		})).getMessage());
	}

	@Test
	public void lightnessIsKept() {
		var gray = grays(64, 64, 1);
		var rgb = ArrayImgs.argbs(64, 64, 1);
		new Colorizer(model, Options.DEFAULT).colorize(gray, GrayMapping.fullRange(8), rgb, Progress.NONE);
		var lab = new float[3];
		int coloured = 0;
		var cursor = Views.flatIterable(rgb).cursor();
		for (var v : Views.flatIterable(gray)) {
			Lab.fromArgb(cursor.next().get(), lab);
			assertEquals(Lab.lightness(v.get() / 255.0), lab[0], 0.3);
			if (Math.hypot(lab[1], lab[2]) > 2) coloured++;
		}
		assertTrue(coloured > 64 * 64 / 2, coloured + " pixels have a colour");
	}

	/** A slice's colours depend on its own L* and the shared plan, on nothing else. */
	@Test
	public void stackSharesOnePlan() {
		var gray = grays(40, 30, 12);
		var rgb = ArrayImgs.argbs(40, 30, 3, 4);
		var colorizer = new Colorizer(model, Options.DEFAULT);
		var hyperstack = ArrayImgs.unsignedBytes(gray.update(null).getCurrentStorageArray(), 40, 30, 3, 4);
		var plan = colorizer.colorize(hyperstack, GrayMapping.fullRange(8), rgb, Progress.NONE);
		var alone = new int[40 * 30];
		colorizer.colorize(GrayMapping.fullRange(8).lightness(Views.hyperSlice(gray, 2, 7)), plan, (tile, l, a, b) -> Lab.toArgb(l, a, b,
			alone), Progress.NONE);
		var slice = new int[40 * 30];
		int i = 0;
		for (var pixel : Views.flatIterable(Views.hyperSlice(Views.hyperSlice(rgb, 3, 2), 2, 1)))
			slice[i++] = pixel.get();
		assertArrayEquals(alone, slice);
	}

	/** The model knows half size, or 0.5 µm a pixel: pixels of 0.1 µm are reduced to a fifth. */
	@Test
	public void thePixelSizeDecidesTheScale() {
		var gray = grays(40, 30, 2);
		var colorizer = new Colorizer(model, Options.DEFAULT);
		assertEquals(0.5, colorizer.colorize(gray, GrayMapping.fullRange(8), ArrayImgs.argbs(40, 30, 2), Progress.NONE).scale());
		assertEquals(0.2, colorizer.colorize(gray, GrayMapping.fullRange(8), 0.1, ArrayImgs.argbs(40, 30, 2), Progress.NONE).scale(), 1e-9);
	}

	@Test
	public void chosenCategoryIsUsed() {
		var plan = new Colorizer(model, new Options("two", 1, 64)).plan(List.of(noise(20, 20)), 0);
		assertEquals("two", plan.guidance().category());
		assertEquals(1, plan.guidance().probability());
		assertEquals(1, plan.scale());
	}

	/** The prototypes as they are in the file: the last numbers of {@code prototypes.npy}, a row for each class. */
	@Test
	public void eachCategoryHasItsOwnVector() throws IOException {
		var bytes = new byte[0];
		try (var weights = new ZipFile(folder.resolve("tiny/weights.npz").toFile())) {
			bytes = weights.getInputStream(weights.getEntry("prototypes.npy")).readAllBytes();
		}
		var rows = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(bytes.length - 3 * 64 * Float.BYTES);
		for (var category : List.of("one", "two", "three")) {
			var row = new float[64];
			for (int i = 0; i < row.length; i++)
				row[i] = rows.getFloat();
			assertArrayEquals(row, new Colorizer(model, new Options(category, 1, 64)).plan(List.of(noise(20, 20)), 0).guidance().vector(), category);
		}
	}

	/** 18 slices of one value each: of every two the second is looked at, and the vector is the mean of these nine. */
	@Test
	public void nineSlicesGuideAStack() {
		var slices = IntStream.range(0, 18).mapToObj(i -> (RandomAccessibleInterval<FloatType>) constant(20, 20, 5 * i)).toList();
		assertGuidance(IntStream.range(0, 9).mapToObj(i -> 5f * (2 * i + 1)).toList(), slices);
	}

	/** A field is 32 pixels at half the size, 64 in the plane: 4 x 4 fields of one value each. */
	@Test
	public void sixteenFieldsGuideAnImage() {
		var l = ArrayImgs.floats(256, 256);
		var cursor = l.localizingCursor();
		while (cursor.hasNext()) {
			cursor.fwd();
			cursor.get().set(6 * (cursor.getIntPosition(0) / 64 + 4 * (cursor.getIntPosition(1) / 64)));
		}
		assertGuidance(IntStream.range(0, 16).mapToObj(i -> 6f * i).toList(), List.of(l));
	}

	/** @param values L* of the plain images whose mean vector is wanted */
	private static void assertGuidance(List<Float> values, List<RandomAccessibleInterval<FloatType>> planes) {
		var mean = new double[64];
		int side = TinyModel.NET.vgg().imageSize();
		for (float value : values) {
			var image = new float[side * side];
			Arrays.fill(image, value);
			var vector = model.guide(List.of(image)).vector();
			for (int i = 0; i < mean.length; i++)
				mean[i] += vector[i] / (double) values.size();
		}
		var found = new Colorizer(model, Options.DEFAULT).plan(planes, 0).guidance().vector();
		for (int i = 0; i < mean.length; i++)
			assertEquals(mean[i], found[i], 1e-4);
	}

	private static ArrayImg<FloatType, ?> constant(int width, int height, float value) {
		var l = ArrayImgs.floats(width, height);
		l.forEach(v -> v.set(value));
		return l;
	}

	/** The model was trained with mirrored images, so an image and its mirror image have one vector. */
	@Test
	public void guidanceIsThatOfTheMirrorImageToo() {
		var l = noise(20, 20);
		var colorizer = new Colorizer(model, Options.DEFAULT);
		var mirrored = Views.zeroMin(Views.invertAxis(l, 0));
		assertArrayEquals(colorizer.plan(List.of(l), 0).guidance().vector(), colorizer.plan(List.of(mirrored), 0).guidance().vector(), 1e-4f);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	public void progressCountsTheTilesOfAllPlanesAndStops(boolean tensors) {
		var seen = new ArrayList<String>();
		var colorizer = new Colorizer(model, new Options(Options.AUTO, 1, 32), null, tensors);
		var gray = grays(64, 32, 2);
		var rgb = ArrayImgs.argbs(64, 32, 2);
		colorizer.colorize(gray, GrayMapping.fullRange(8), rgb, (done, total) -> seen.add(done + "/" + total));
		assertEquals(List.of("1/4", "2/4", "3/4", "4/4"), seen);
		assertThrows(CancellationException.class, () -> colorizer.colorize(gray, GrayMapping.fullRange(8), rgb, (done, total) -> {
			throw new CancellationException();
		}));
	}

	@Test
	public void wrongOptionsAreNamed() {
		assertMessage("Category is \"four\"; model tiny has auto, one, two, three.", () -> new Colorizer(model, new Options("four", 1, 64)));
		assertMessage("Scale is 1.5; must be auto, or above 0 and at most 1", () -> new Options(Options.AUTO, 1.5, 64));
		assertMessage("Tile is 8; must be 32 to 4096 pixels, or 0 to have it chosen.", () -> new Options(Options.AUTO, 1, 8));
	}

	private static void assertMessage(String part, Runnable call) {
		var message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
		assertTrue(message.contains(part), message);
	}

	/** L* 0 to 100 at random. */
	private static RandomAccessibleInterval<FloatType> noise(int width, int height) {
		var random = new Random(1);
		var l = ArrayImgs.floats(width, height);
		l.forEach(v -> v.set(100 * random.nextFloat()));
		return l;
	}

	private static ArrayImg<UnsignedByteType, ByteArray> grays(int width, int height, int slices) {
		var random = new Random(1);
		var gray = ArrayImgs.unsignedBytes(width, height, slices);
		gray.forEach(v -> v.set(random.nextInt(256)));
		return gray;
	}

	/** All a* and then all b* of a plane. */
	private static float[] chroma(RandomAccessibleInterval<FloatType> l, double scale, int tile, DeviceMemory memory) {
		return chroma(l, scale, tile, false, memory);
	}

	private static float[] chroma(RandomAccessibleInterval<FloatType> l, double scale, int tile, boolean tensors, DeviceMemory memory) {
		var ab = new float[2 * (int) (l.dimension(0) * l.dimension(1))];
		var colorizer = new Colorizer(model, new Options("one", scale, tile), null, tensors, memory);
		colorizer.colorize(l, colorizer.plan(List.of(l), 0), sink(l, ab), Progress.NONE);
		return ab;
	}

	/** Puts all a* and then all b*. */
	private static TileSink sink(RandomAccessibleInterval<FloatType> plane, float[] ab) {
		int width = (int) plane.dimension(0), pixels = width * (int) plane.dimension(1);
		return (part, tileL, a, b) -> {
			int i = 0;
			for (long y = part.min(1); y <= part.max(1); y++)
				for (long x = part.min(0); x <= part.max(0); x++, i++) {
					ab[(int) (y * width + x)] = a[i];
					ab[(int) (pixels + y * width + x)] = b[i];
				}
		};
	}

	private static int[] rgb(RandomAccessibleInterval<FloatType> l, double scale, int tile) {
		int pixels = (int) (l.dimension(0) * l.dimension(1));
		float[] ab = chroma(l, scale, tile, DeviceMemory.REAL), a = new float[pixels], b = new float[pixels], values = new float[pixels];
		System.arraycopy(ab, 0, a, 0, pixels);
		System.arraycopy(ab, pixels, b, 0, pixels);
		int i = 0;
		for (var v : Views.flatIterable(l))
			values[i++] = v.get();
		var rgb = new int[pixels];
		Lab.toArgb(values, a, b, rgb);
		return rgb;
	}

	/** Largest difference of a channel, in 8-bit levels. */
	private static int difference(int[] one, int[] other) {
		int largest = 0;
		for (int i = 0; i < one.length; i++)
			for (int shift = 0; shift < 24; shift += 8)
				largest = Math.max(largest, Math.abs((one[i] >> shift & 255) - (other[i] >> shift & 255)));
		return largest;
	}
}
