/** A dialog that builds itself from the inputs of a command and from what the command tells about them. */
package io.github.densecolorize.dialog;
