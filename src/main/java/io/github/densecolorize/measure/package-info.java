/** How colours of images differ from those of others, as tables, plots and montages. */
package io.github.densecolorize.measure;
