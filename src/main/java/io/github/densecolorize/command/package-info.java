/** The menu commands: SciJava parameters in, images of ImageJ out. Each is an adapter; what it does is in the packages below. */
package io.github.densecolorize.command;
