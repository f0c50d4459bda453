package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class NumberTextTest {

	@ParameterizedTest
	@CsvSource({ "3, 3.0000, 3", "-0.25, -0.2500, -0.25", "0.002, 0.0020, 0.002", "0.00001, 0.0000, 1.0E-5", "65535, 65535.0000, 65535",
		"1.23456, 1.2346, 1.23456", "NaN, '', ''", "Infinity, inf, inf", "-Infinity, -inf, -inf" })
	public void measuredValuesHaveFourDecimalsOthersTheirDigits(double value, String measured, String exact) {
		assertEquals(measured, NumberText.measured(value));
		assertEquals(exact, NumberText.exact(value));
	}
}
