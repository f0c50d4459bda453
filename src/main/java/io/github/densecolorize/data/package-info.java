/**
 * Colour images of known classes as training pairs.
 */
package io.github.densecolorize.data;
