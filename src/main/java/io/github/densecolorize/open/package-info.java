/**
 * Image files: which format a file has, and its pixels as they are meant. All that opens a file goes through {@link
 * io.github.densecolorize.open.ImageFiles}; a format is one class that {@link io.github.densecolorize.open.Formats} lists.
 */
package io.github.densecolorize.open;
