/**
 * Images of ImageJ colorized: read as L*, colorized with everything that ImageJ knows of an image kept, and written. Shared by the menu commands
 * and the command line; needs ImageJ, but neither SciJava nor a window.
 */
package io.github.densecolorize.colorize;
