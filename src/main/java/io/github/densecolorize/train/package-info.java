/** How a model is made of a data set: {@link io.github.densecolorize.train.Training}. */
package io.github.densecolorize.train;
