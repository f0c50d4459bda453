package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class ChoiceTest {

	private static final List<String> STAINS = List.of("auto", "fundus", "giemsa-blood", "he", "ihc-dab", "masson-trichrome", "pap-smear", "pas",
		"pasm-silver", "zn-sputum");

	/** The list's own spelling comes out. */
	@ParameterizedTest
	@CsvSource({ "he, he", "HE, he", "' He ', he", "Giemsa-Blood, giemsa-blood" })
	public void caseAndSpacesDoNotMatter(String typed, String name) {
		assertEquals(Optional.of(name), Choice.find(typed, STAINS));
		assertEquals(name, Choice.of("Category", typed, STAINS));
	}

	@Test
	public void ofNamesThatDifferByCaseTheOneTypedIsTaken() {
		assertEquals(Optional.of("HE"), Choice.find("HE", List.of("he", "HE")));
		assertEquals(Optional.of("he"), Choice.find("hE", List.of("he", "HE")));
	}

	/** One letter too many, replaced, left out, two swapped; a piece; a third of the letters wrong. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "hee | he", "H&E | he", "fundsu | fundus", "gimsa-blood | giemsa-blood", "pap smear | pap-smear",
		"trichrome | masson-trichrome", "smear | pap-smear", "pasn | pas", "masontricrome | masson-trichrome", "pa | pas", "pasm | pas or pasm-silver" })
	public void theClosestIsOffered(String typed, String offered) {
		assertEquals(" (did you mean " + offered + "?)", Choice.meant(typed, STAINS));
	}

	@ParameterizedTest
	@CsvSource({ "nissl", "''", "'  '", "xy", "a photograph", "e", "3" })
	public void whatIsFarIsNotOffered(String typed) {
		assertEquals("", Choice.meant(typed, List.of("giemsa-blood", "haematoxylin", "masson-trichrome", "2")));
	}

	/** At most three, the closest first. */
	@Test
	public void manyCloseOnesAreCut() {
		assertEquals(" (did you mean lymph node, lymph nodes or lymph modes?)", Choice.meant("lymphnode", List.of("lymph modes", "lymph nodes",
			"lymph", "lymph node", "lymph codes", "lung")));
	}

	@Test
	public void theRefusalHasValueChoicesAndTheClosest() {
		assertEquals("Output is \"RBG\" (did you mean RGB?); must be one of RGB, Lab, ab.", assertThrows(IllegalArgumentException.class, () -> Choice
			.of("Output", "RBG", List.of("RGB", "Lab", "ab"))).getMessage());
		assertEquals("Output is \"CMYK\"; must be one of RGB, Lab, ab.", assertThrows(IllegalArgumentException.class, () -> Choice.of("Output",
			"CMYK", List.of("RGB", "Lab", "ab"))).getMessage());
	}
}
