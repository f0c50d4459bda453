/**
 * Data sets: colour images of known classes, and the training pairs that are made from them.
 */
package io.github.densecolorize.data;
