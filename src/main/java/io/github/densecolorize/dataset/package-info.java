/** Makes data sets from folders of colour images. */
package io.github.densecolorize.dataset;
