/** The menu commands. Each takes SciJava parameters and gives images of ImageJ, but leaves the work to other packages. */
package io.github.densecolorize.command;
