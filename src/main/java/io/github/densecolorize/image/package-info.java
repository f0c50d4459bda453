/**
 * Pixels: colour spaces, gray mapping, tiles, change of scale and quality measures. Needs ImgLib2 only.
 */
package io.github.densecolorize.image;
