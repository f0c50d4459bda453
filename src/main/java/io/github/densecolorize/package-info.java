/**
 * What a script author calls: {@link io.github.densecolorize.Colorizer} applies a model to images,
 * {@link io.github.densecolorize.train.Training} makes one.
 */
package io.github.densecolorize;
