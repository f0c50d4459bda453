/** Measures how the colours of images differ from those of their originals, and shows it in tables, plots and montages. */
package io.github.densecolorize.measure;
