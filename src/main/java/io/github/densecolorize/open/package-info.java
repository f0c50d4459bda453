/**
 * Reads image files: recognises the format of a file, and gives its pixels as they are meant to be seen. All files are opened by {@link
 * io.github.densecolorize.open.ImageFiles}; each format is one class that {@link io.github.densecolorize.open.Formats} lists.
 */
package io.github.densecolorize.open;
