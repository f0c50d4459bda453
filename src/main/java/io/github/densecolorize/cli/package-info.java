/** The command line: one class for each command, and what they share. Picocli reads the arguments, package {@code imagej} does the work. */
package io.github.densecolorize.cli;
