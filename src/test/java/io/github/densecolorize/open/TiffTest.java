package io.github.densecolorize.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;

/** Pages of 4 x 2 pixels, written by hand. */
public class TiffTest {

	private static final int ASCII = 2, LONG = 4, RATIONAL = 5;

	@TempDir
	Path folder;

	private ImagePlus open(Path file) throws IOException {
		return ImageFiles.open(file, sentence -> {});
	}

	/**
	 * A file of one page of bytes, the lowest byte first.
	 *
	 * @param pixels all that is in the strip
	 * @param more tags: numbers, a fraction as two of them, or a text
	 */
	private Path tiff(String name, byte[] pixels, Map<Integer, Object> more) throws IOException {
		var tags = new TreeMap<Integer, Object>(Map.of(256, new int[] { 4 }, 257, new int[] { 2 }, 258, new int[] { 8 }, 259, new int[] { 1 }, 262,
			new int[] { 1 }, 273, new int[] { 0 }, 278, new int[] { 2 }, 279, new int[] { pixels.length }));
		tags.putAll(more);
		int values = 8 + 2 + 12 * tags.size() + 4, strip = values + 1024;
		tags.put(273, new int[] { strip });
		var file = ByteBuffer.allocate(strip + pixels.length).order(ByteOrder.LITTLE_ENDIAN).put("II*\0".getBytes()).putInt(8).putShort((short) tags
			.size());
		var behind = new ByteArrayOutputStream();
		for (var tag : tags.entrySet()) {
			var bytes = bytes(tag.getValue());
			int type = tag.getValue() instanceof String ? ASCII : tag.getKey() == 282 || tag.getKey() == 283 ? RATIONAL : LONG;
			file.putShort(tag.getKey().shortValue()).putShort((short) type).putInt(bytes.length / (type == ASCII ? 1 : type == RATIONAL ? 8 : 4));
			if (bytes.length <= 4) file.put(bytes).put(new byte[4 - bytes.length]);
			else {
				file.putInt(values + behind.size());
				behind.writeBytes(bytes);
			}
		}
		file.putInt(0).put(behind.toByteArray()).position(strip).put(pixels);
		return Files.write(folder.resolve(name), file.array());
	}

	private static byte[] bytes(Object value) {
		if (value instanceof String text) return (text + "\0").getBytes(StandardCharsets.UTF_8);
		var numbers = (int[]) value;
		var bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asIntBuffer().put(numbers);
		return bytes.array();
	}

	private static byte[] counting(int n) {
		var bytes = new byte[n];
		for (int i = 0; i < n; i++)
			bytes[i] = (byte) (10 * i);
		return bytes;
	}

	/** MetaMorph writes the planes of a stack one after the other, and a tag with a value for each. */
	@Test
	public void planesOfMetaMorph() throws IOException {
		var image = open(tiff("stack.stk", counting(24), Map.of(279, new int[] { 8 }, 33629, new int[] { 1, 2, 3 })));
		assertArrayEquals(new int[] { 4, 2, 1, 3, 1 }, image.getDimensions());
		assertEquals(230, image.getStack().getProcessor(3).get(3, 1));
	}

	/** Sizes in x, y, z, of channels and in time come after two numbers, then others, and the voxel's size in metres. */
	@Test
	public void sizeOfAVoxelByZeiss() throws IOException {
		var zeiss = new int[16];
		System.arraycopy(new int[] { 0x400494c, 500, 4, 2, 1, 1, 1 }, 0, zeiss, 0, 7);
		var voxel = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putDouble(2e-7).putDouble(2e-7).putDouble(1e-6).flip().order(
			ByteOrder.LITTLE_ENDIAN).asIntBuffer();
		voxel.get(zeiss, 10, 6);
		var image = open(tiff("a.lsm", counting(8), Map.of(34412, zeiss)));
		assertEquals(0.2, PixelSize.micrometres(image.getCalibration()), 1e-9);
		assertEquals(1, image.getCalibration().pixelDepth, 1e-9);
	}

	/** Unit 2 is the inch, 3 the centimetre. */
	@ParameterizedTest
	@CsvSource({ "300, 2, 0", "118, 3, 0", "4800, 2, 0", "50800, 2, 0.5", "40000, 3, 0.25", "40000, 1, 0" })
	public void dotsOfACameraAreNoPixelSize(int dots, int unit, double micrometres) throws IOException {
		var image = open(tiff("dots.tif", counting(8), Map.of(282, new int[] { dots, 1 }, 283, new int[] { dots, 1 }, 296, new int[] { unit })));
		assertEquals(micrometres, PixelSize.micrometres(image.getCalibration()), 1e-6);
	}

	@ParameterizedTest
	@CsvSource({ "'Aperio Image Library v10.2\n4 x 2 (256x256) JPEG/RGB Q=70|AppMag = 40|MPP = 0.2525|Left = 1', 0.2525",
		"'Aperio Image Library v10.2|MPP = 0|Left = 1', 0", "'A scan|MPP = 0.5', 0" })
	public void pixelSizeByAperio(String description, double micrometres) throws IOException {
		assertEquals(micrometres, PixelSize.micrometres(open(tiff("slide.svs", counting(8), Map.of(270, description.replace("\\n", "\n")))).getCalibration()));
	}

	/** Lines of the description that this plugin wrote. */
	@Test
	public void howAResultWasMadeIsReadFromItsDescription() throws IOException {
		var xml = "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image ID=\"Image:0\"><Description>colorize.model=x\n" +
			"other=y\ncolorize.mapping=0 &lt; a=b</Description><Pixels ID=\"Pixels:0\" SizeX=\"4\" SizeY=\"2\" SizeC=\"1\" SizeZ=\"1\" SizeT=\"1\" Type=\"uint8\"/>" +
			"</Image></OME>";
		var image = open(tiff("result.tif", counting(8), Map.of(270, xml)));
		assertEquals("x", image.getProp("colorize.model"));
		assertEquals("0 < a=b", image.getProp("colorize.mapping"));
		assertNull(image.getProp("other"));
	}

	@Test
	public void oneOfSeveralFilesOfAnImageIsRefused() throws IOException {
		var xml = "<?xml version=\"1.0\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"><Image ID=\"Image:0\"><Pixels ID=\"Pixels:0\" " +
			"DimensionOrder=\"XYCZT\" SizeX=\"4\" SizeY=\"2\" SizeC=\"3\" SizeZ=\"1\" SizeT=\"1\" Type=\"uint8\"><TiffData IFD=\"0\"/></Pixels></Image></OME>";
		var file = tiff("one.ome.tif", counting(8), Map.of(270, xml));
		assertRefused("is one of several files of an OME-TIFF (the image has 3 planes, the file 1 pages); save the whole image as one file.", file);
	}

	@ParameterizedTest
	@CsvSource({ "259, 34925, 'is compressed by LZMA, which is not read here; '", "259, 6, 'is compressed as JPEG in a form that was replaced in 1995, '",
		"262, 5, is in printing inks (CMYK)", "262, 32803, is a raw camera file", "339, 6, has complex numbers", "257, 3, is damaged: a page has 1 strips or tiles instead of 2",
		"256, 0, is damaged: it says that its width is 0", "258, 7000, has samples of 7000 bits", "32997, 4, 'has 4 slices in one page, which are not read here; '", "284, 9999, ''" })
	public void whatIsNotReadIsSaid(int tag, int value, String why) throws IOException {
		var file = tiff("odd.tif", counting(8), Map.of(tag, new int[] { value }));
		if (why.isEmpty()) assertEquals(70, open(file).getProcessor().get(3, 1));
		else assertRefused(why, file);
	}

	private void assertRefused(String why, Path file) {
		var refusal = assertThrows(IOException.class, () -> open(file)).getMessage();
		assertTrue(refusal.startsWith("File " + file + " " + why), refusal);
	}
}
