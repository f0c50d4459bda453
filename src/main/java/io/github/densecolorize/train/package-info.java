/** Trains a model on a data set: {@link io.github.densecolorize.train.Training}. */
package io.github.densecolorize.train;
