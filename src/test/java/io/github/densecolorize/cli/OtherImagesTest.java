package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.densecolorize.cli.OtherImages.Group;

public class OtherImagesTest {

	private static final Path FOLDER = Path.of("images");
	private final OtherImages seven = new OtherImages(FOLDER, 7);

	@ParameterizedTest
	@CsvSource({ "bns_HnE_Image_768_256, bns_HnE_Image", "zn_f49_0_972, zn_f49", "mpval_00001293, mpval_00001293", "a_1_2_3, a_1", "slide, slide" })
	public void theFieldIsTheNameWithoutTheNumbersOfTheCrop(String name, String field) {
		assertEquals(field, OtherImages.field(name));
	}

	@ParameterizedTest
	@CsvSource({ "zn_f49_0_972, zn_f49", "dsb_dsb_6d327ab4f0_0_0, dsb_dsb_6d327ab4f0", "hl_tissue-level0-4302_256_0, hl_tissue-level0-4302",
		"bns_HnE_Image_0_0, ''", "bns_2_0_0, ''", "p12_3_0, ''", "slide7, ''" })
	public void theCaseIsUpToThePartWithLettersAndDigits(String name, String found) {
		assertEquals(found, OtherImages.caseOf(name));
	}

	/** Of the image a_s1_0_0 itself, its neighbour, its case and another group, only those of other cases remain. */
	@Test
	public void noReferenceIsOfTheSameFieldOrCaseOrAnotherGroup() {
		var image = file("a_s1_0_0.png");
		var all = Stream.of("a_s1_0_0.png", "a_s1_64_0.png", "a_s1_left.png", "a_s2_0_0.png", "a_plain.png", "b_s3_0_0.png").map(OtherImagesTest::file)
			.toList();
		assertEquals(names("a_s2_0_0.png", "a_plain.png"), new HashSet<>(seven.drawn(image, all, Group.PREFIX)));
		assertEquals(names("a_s2_0_0.png", "a_plain.png", "b_s3_0_0.png"), new HashSet<>(seven.drawn(image, all, Group.FOLDER)));
	}

	/** Fields without a case: crops of one field are none of each other's references. */
	@Test
	public void cropsOfOneFieldAreNotReferencesOfEachOther() {
		var all = List.of(file("a_x_0_0.png"), file("a_x_0_64.png"), file("a_y_0_0.png"));
		assertEquals(List.of(file("a_y_0_0.png")), seven.drawn(all.get(0), all, Group.PREFIX));
		assertEquals(names("a_x_0_0.png", "a_x_0_64.png"), new HashSet<>(seven.drawn(all.get(2), all, Group.PREFIX)));
	}

	@Test
	public void theSeedAloneDecides() {
		var all = Stream.iterate(0, i -> i + 1).limit(30).map(i -> file("a_" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + ".png")).toList();
		var turned = new ArrayList<>(all);
		Collections.reverse(turned);
		var drawn = seven.drawn(all.get(3), all, Group.PREFIX);
		assertEquals(29, drawn.size());
		assertEquals(drawn, seven.drawn(all.get(3), turned, Group.PREFIX));
		assertEquals(drawn, new OtherImages(Path.of("elsewhere"), 7).drawn(Path.of("elsewhere/he/" + all.get(3).getFileName()), all.stream().map(
			path -> Path.of("elsewhere/he").resolve(path.getFileName())).toList(), Group.PREFIX).stream().map(path -> file(path.getFileName().toString()))
			.toList());
		assertNotEquals(drawn, new OtherImages(FOLDER, 8).drawn(all.get(3), all, Group.PREFIX));
		assertNotEquals(drawn.subList(0, 5), seven.drawn(all.get(4), all, Group.PREFIX).subList(0, 5));
	}

	@Test
	public void pixelsAreDistinctAndNeverMoreThanThereAre() {
		var some = seven.pixels(file("a.png"), 1000, 50);
		assertEquals(50, Arrays.stream(some).distinct().count());
		assertFalse(Arrays.stream(some).anyMatch(i -> i < 0 || i >= 1000));
		assertEquals(Arrays.toString(some), Arrays.toString(seven.pixels(file("a.png"), 1000, 50)));
		assertNotEquals(Arrays.toString(some), Arrays.toString(seven.pixels(file("b.png"), 1000, 50)));
		assertEquals(4, seven.pixels(file("a.png"), 4, 50).length);
		assertEquals(0, seven.pixels(file("a.png"), 4, 0).length);
	}

	private static Path file(String name) {
		return FOLDER.resolve("he").resolve(name);
	}

	private static HashSet<Path> names(String... names) {
		return new HashSet<>(Arrays.stream(names).map(OtherImagesTest::file).toList());
	}
}
