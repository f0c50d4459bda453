/**
 * Colorizes images of ImageJ: reads them as L*, colorizes them, keeps everything else that ImageJ knows about an image, and writes the results. Used
 * by the menu commands and the command line; needs ImageJ, but neither SciJava nor a window.
 */
package io.github.densecolorize.colorize;
