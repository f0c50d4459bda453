/** Data sets made of folders of colour images. */
package io.github.densecolorize.dataset;
