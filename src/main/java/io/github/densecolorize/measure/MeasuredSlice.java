package io.github.densecolorize.measure;

import java.util.Optional;

import io.github.densecolorize.image.Colours;
import io.github.densecolorize.image.Comparison;

/**
 * What was measured for a slice: a row of the table, with the {@link Quantity quantities} as columns.
 *
 * @param image title of the original
 * @param slice index in its stack, counted from 1
 * @param original colours of the original
 * @param comparison with the colorized image; none if an image was measured alone
 * @param expectedError mean CIEDE2000 of the whole colorized image that was to be expected; NaN if it does not say
 * @param method what colorized it; plots group the rows by this; may be empty
 */
public record MeasuredSlice(String image, int slice, Colours original, Optional<Comparison> comparison, double expectedError, String method) {}
