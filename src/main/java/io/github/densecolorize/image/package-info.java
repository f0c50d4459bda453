/**
 * Pixels: colour spaces, gray mapping, tiles, change of scale, and measures of quality. Depends on no library but ImgLib2.
 */
package io.github.densecolorize.image;
