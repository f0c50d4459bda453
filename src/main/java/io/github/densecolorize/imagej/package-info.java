/**
 * Images of ImageJ in and out: opening, reading as L*, colorizing with everything that ImageJ knows of an image kept. Shared by the menu
 * commands and the command line; needs ImageJ, but neither SciJava nor a window.
 */
package io.github.densecolorize.imagej;
