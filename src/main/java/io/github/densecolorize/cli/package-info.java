/**
 * The command line: one class for each command, and what they share. Picocli reads the arguments; packages {@code colorize}, {@code measure}, {@code
 * dataset} and {@code train} do the work.
 */
package io.github.densecolorize.cli;
