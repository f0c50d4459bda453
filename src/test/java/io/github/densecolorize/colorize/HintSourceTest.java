package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Arrow;
import ij.gui.ImageRoi;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.plugin.frame.RoiManager;
import ij.process.ColorProcessor;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Hint.Run;

public class HintSourceTest {

	private static final Consumer<String> NOTHING_SAID = sentence -> assertNull(sentence);
	/** a* and b* of sRGB's red and blue under D65, as tables of L*a*b* have them. */
	private static final float RED_A = 80.09f, RED_B = 67.20f, BLUE_A = 79.19f, BLUE_B = -107.86f;

	private final ImagePlus image = IJ.createImage("gray", 20, 12, 1, 8);

	@Test
	public void aRoiOfTheOverlayIsAHintInItsColour() throws IOException {
		var hints = overlay(coloured(new Roi(3, 4, 2, 1), Color.RED));
		assertEquals(1, hints.size());
		assertEquals(Hint.ALL, hints.get(0).plane());
		assertEquals(RED_A, hints.get(0).a(), 0.02);
		assertEquals(RED_B, hints.get(0).b(), 0.02);
		assertEquals(List.of(new Run(4, 3, 4)), hints.get(0).runs());
		assertEquals("hint 1 (overlay)", hints.get(0).name());
	}

	@Test
	public void anAreaThatIsFilledHasItsFillColour() throws IOException {
		var area = coloured(new OvalRoi(3, 4, 3, 3), Color.RED);
		area.setFillColor(new Color(0, 0, 255, 40));
		var line = coloured(new Line(3, 9, 6, 9), Color.RED);
		line.setFillColor(Color.BLUE);
		var brush = new Roi(9, 0, 2, 2);
		brush.setFillColor(Color.BLUE);
		var hints = overlay(area, line, brush);
		assertEquals(List.of(BLUE_B, RED_B, BLUE_B), hints.stream().map(hint -> hint.b() < 0 ? BLUE_B : RED_B).toList());
		assertEquals(BLUE_A, hints.get(0).a(), 0.02);
		assertEquals(BLUE_B, hints.get(0).b(), 0.02);
	}

	@Test
	public void eachPointIsAHint() throws IOException {
		var points = coloured(new PointRoi(new float[] { 3, 7.6f }, new float[] { 4, 5 }), Color.RED);
		points.setName("nuclei");
		var hints = overlay(points);
		assertEquals(List.of(new Run(4, 3, 3)), hints.get(0).runs());
		assertEquals(List.of(new Run(5, 8, 8)), hints.get(1).runs());
		assertEquals("hint 1 \"nuclei\", point 2 (overlay)", hints.get(1).name());
	}

	@Test
	public void linesHaveTheirWidth() throws IOException {
		var line = coloured(new PolygonRoi(new float[] { 3, 9 }, new float[] { 7, 7 }, 2, Roi.FREELINE), Color.RED);
		line.setStrokeWidth(3);
		assertEquals(List.of(new Run(6, 2, 10), new Run(7, 2, 10), new Run(8, 2, 10)), overlay(line).get(0).runs());
	}

	@Test
	public void partsOutsideAreCutOff() throws IOException {
		assertEquals(List.of(new Run(11, 18, 19)), overlay(coloured(new Roi(18, 11, 9, 9), Color.RED)).get(0).runs());
	}

	/** A stack of 2 channels, 3 slices and 4 frames: the number in the stack counts channels first, planes count z first. */
	@Test
	public void aRoiActsWhereItIsInTheStack() throws IOException {
		image.setStack(IJ.createImage("stack", 20, 12, 24, 8).getStack());
		image.setDimensions(2, 3, 4);
		assertEquals(List.of(Hint.ALL), planes(0));
		assertEquals(List.of(0), planes(1));
		assertEquals(List.of(0), planes(2));
		assertEquals(List.of(1), planes(3));
		assertEquals(List.of(11), planes(24));
		assertEquals(List.of(5), planes(1, 3, 2));
		assertEquals(List.of(5), planes(0, 3, 2));
		assertEquals(List.of(Hint.ALL), planes(2, 0, 0));
		assertEquals(List.of(1, 4, 7, 10), planes(1, 2, 0));
		assertEquals(List.of(9, 10, 11), planes(0, 0, 4));
	}

	@Test
	public void eachPointHasItsOwnSlice() throws IOException {
		image.setStack(IJ.createImage("stack", 20, 12, 5, 8).getStack());
		var points = (PointRoi) coloured(new PointRoi(), Color.RED);
		image.setSlice(2);
		points.addPoint(image, 3, 4);
		image.setSlice(5);
		points.addPoint(image, 8, 5);
		assertEquals(List.of(1, 4), overlay(points).stream().map(Hint::plane).toList());
	}

	@Test
	public void theNumberOfASliceThatIsNotThereIsRefused() {
		image.setStack(IJ.createImage("stack", 20, 12, 6, 8).getStack());
		image.setDimensions(1, 3, 2);
		assertEquals("Hint 1 (overlay) is on slice 7; the image has 1 to 6, so move it to another slice, or delete it.", refusal(at(7)));
		assertEquals("Hint 1 (overlay) is on slice 4; the image has 1 to 3, so move it to another slice, or delete it.", refusal(at(1, 4, 1)));
		assertEquals("Hint 1 (overlay) is on frame 3; the image has 1 to 2, so move it to another frame, or delete it.", refusal(at(1, 1, 3)));
	}

	@Test
	public void whatIsNoHintIsLeftOutAndSaidOnce() throws IOException {
		var bar = new Roi(1, 1, 9, 1);
		bar.setFillColor(Color.WHITE);
		bar.setName("|SB|");
		var said = new ArrayList<String>();
		image.setOverlay(new Overlay());
		for (var roi : new Roi[] { new TextRoi(1, 1, "10 um"), coloured(new Arrow(1, 1, 5, 5), Color.RED), new ImageRoi(0, 0, new ColorProcessor(3, 3)), bar,
			coloured(new PolygonRoi(new int[] { 1, 5, 9 }, new int[] { 1, 5, 1 }, 3, Roi.ANGLE), Color.RED), coloured(new Roi(3, 4, 2, 1), Color.RED) })
			image.getOverlay().add(roi);
		var hints = HintSource.of("overlay").read(image, said::add);
		assertEquals(List.of("hint 6 (overlay)"), hints.stream().map(Hint::name).toList());
		assertEquals(List.of("Texts, arrows, images, angles and scale bars are no hints; 5 of the 6 ROIs (overlay) are left out."), said);
	}

	@Test
	public void aRoiWithoutColourIsRefused() {
		var roi = new Roi(3, 4, 2, 1);
		roi.setName("a\nvery long name that a file of strangers may have");
		assertEquals("Hint 1 \"a?very long name that a file of stranger...\" (overlay) has no colour; give it the one that is right there " +
			"(Edit > Selection > Properties, stroke color), or delete it.", refusal(roi));
	}

	@Test
	public void aRoiOutsideIsRefused() {
		assertEquals("Hint 1 (overlay) lies at x 20 to 24, y 3, and the image has 20 x 12 pixels, none of which is covered; move it into the image, or delete it.",
			refusal(coloured(new Roi(20, 3, 5, 1), Color.RED)));
		assertEquals("Hint 2, point 2 (overlay) lies at x -3, y 5, and the image has 20 x 12 pixels, none of which is covered; move it into the image, " +
			"or delete it.", refusal(coloured(new Roi(0, 0, 1, 1), Color.RED), coloured(new PointRoi(new int[] { 3, -3 }, new int[] { 4, 5 }, 2),
				Color.RED)));
	}

	@Test
	public void twoColoursOnOnePixelAreRefused() {
		assertEquals("At x 4, y 4, hint 1 (overlay) and hint 2 (overlay) want different colours; move or delete one of them.", refusal(coloured(new Roi(3,
			4, 2, 1), Color.RED), coloured(new PointRoi(4, 4), Color.BLUE)));
	}

	@Test
	public void areasThatAreTooLargeAreRefused() {
		assertEquals("Hint 1 (overlay) is 70000 x 2000 pixels large; must be at most 134217728 pixels, so draw a smaller area.", refusal(coloured(new OvalRoi(0,
			0, 70_000, 2_000), Color.RED)));
	}

	/** 2,097,152 rows are allowed; 39,569 hints of 53 rows have 5 more. */
	@Test
	public void areasThatHaveTooManyRowsTogetherAreRefused() {
		var tall = IJ.createImage("tall", 1, 53, 1, 8);
		tall.setOverlay(new Overlay());
		for (int i = 0; i < 39_569; i++)
			tall.getOverlay().add(coloured(new Roi(0, 0, 1, 53), Color.RED));
		var refusal = assertThrows(IllegalArgumentException.class, () -> HintSource.of("overlay").read(tall, NOTHING_SAID));
		assertEquals("Hint 39569 (overlay) and those before it are more than 2097152 rows of pixels; draw smaller areas.", refusal.getMessage());
	}

	@Test
	public void tooManyHintsAreRefused() {
		int n = RoiHints.MOST + 1;
		assertEquals("Hint 1, point 100001 (overlay) and those before it are more than 100000 hints; use fewer.", refusal(coloured(new PointRoi(new float[n],
			new float[n], n), Color.RED)));
	}

	@Test
	public void noHintWhereHintsAreWantedIsRefused() {
		var wayOut = "; mark places in their colours and add them (Image > Overlay > Add Selection), or choose hints=none.";
		assertEquals("Image \"gray\" has no overlay" + wayOut, assertThrows(IllegalArgumentException.class, () -> HintSource.of("overlay").read(image,
			NOTHING_SAID)).getMessage());
		image.setOverlay(new Overlay(new TextRoi(1, 1, "10 um")));
		assertEquals("The overlay has no ROI that is a hint" + wayOut, assertThrows(IllegalArgumentException.class, () -> HintSource.of("overlay").read(image,
			sentence -> {})).getMessage());
	}

	@Test
	public void noneIsNoHints() throws IOException {
		image.setOverlay(new Overlay(new Roi(3, 4, 2, 1)));
		assertEquals(List.of(), HintSource.of("none").read(image, NOTHING_SAID));
		assertEquals(List.of(), HintSource.of("").read(image, NOTHING_SAID));
	}

	@ParameterizedTest
	@CsvSource({ "overlays, overlay", "manager, roi manager" })
	public void theClosestIsOffered(String text, String meant) {
		var refusal = assertThrows(IllegalArgumentException.class, () -> HintSource.of(text));
		assertEquals("Hints is \"" + text + "\" (did you mean " + meant + "?); must be none, overlay, roi manager, or a file that ends in .roi, .zip or .csv.",
			refusal.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = { "points.txt", "a\0b.csv" })
	public void anythingElseIsRefused(String text) {
		var refusal = assertThrows(IllegalArgumentException.class, () -> HintSource.of(text));
		assertEquals("Hints is \"" + text + "\"; must be none, overlay, roi manager, or a file that ends in .roi, .zip or .csv.", refusal.getMessage());
	}

	@Test
	public void theRoiManagerMustBeOpenAndHoldHints() throws ReflectiveOperationException, IOException {
		var source = HintSource.of("ROI Manager");
		var wayOut = "; mark places in their colours and add them (Analyze > Tools > ROI Manager), or choose hints=none.";
		assertEquals("The ROI Manager is not open" + wayOut, assertThrows(IllegalArgumentException.class, () -> source.read(image, NOTHING_SAID))
			.getMessage());
		var rois = new ArrayList<Roi>();
		var instance = RoiManager.class.getDeclaredField("instance");
		instance.setAccessible(true);
		instance.set(null, managerOf(rois));
		try {
			assertEquals("The ROI Manager is empty" + wayOut, assertThrows(IllegalArgumentException.class, () -> source.read(image, NOTHING_SAID))
				.getMessage());
			rois.add(coloured(new PointRoi(3, 4), Color.RED));
			rois.get(0).setName("0001-0004-0003");
			var hints = source.read(image, NOTHING_SAID);
			assertEquals(List.of("hint 1 \"0001-0004-0003\" (ROI Manager)"), hints.stream().map(Hint::name).toList());
			assertEquals(List.of(new Run(4, 3, 3)), hints.get(0).runs());
		}
		finally {
			instance.set(null, null);
		}
	}

	/** A ROI Manager is a window, which can't be made where there are none; what is asked of it here is its list only. */
	private static RoiManager managerOf(List<Roi> rois) throws ReflectiveOperationException {
		var factory = Class.forName("sun.reflect.ReflectionFactory");
		var constructor = (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class).invoke(factory.getMethod(
			"getReflectionFactory").invoke(null), RoiManager.class, Object.class.getDeclaredConstructor());
		var manager = (RoiManager) constructor.newInstance();
		var list = RoiManager.class.getDeclaredField("rois");
		list.setAccessible(true);
		list.set(manager, rois);
		return manager;
	}

	private static Roi coloured(Roi roi, Color colour) {
		roi.setStrokeColor(colour);
		return roi;
	}

	private static Roi at(int position) {
		var roi = coloured(new Roi(3, 4, 2, 1), Color.RED);
		roi.setPosition(position);
		return roi;
	}

	private static Roi at(int c, int z, int t) {
		var roi = coloured(new Roi(3, 4, 2, 1), Color.RED);
		roi.setPosition(c, z, t);
		return roi;
	}

	private List<Integer> planes(int position) throws IOException {
		return overlay(at(position)).stream().map(Hint::plane).toList();
	}

	private List<Integer> planes(int c, int z, int t) throws IOException {
		return overlay(at(c, z, t)).stream().map(Hint::plane).toList();
	}

	private List<Hint> overlay(Roi... rois) throws IOException {
		image.setOverlay(new Overlay());
		for (var roi : rois)
			image.getOverlay().add(roi);
		return HintSource.of("Overlay").read(image, NOTHING_SAID);
	}

	private String refusal(Roi... rois) {
		return assertThrows(IllegalArgumentException.class, () -> overlay(rois)).getMessage();
	}
}
