/** The one way to the disk: files that are there as a whole or not at all, and locks on what only one program may write. Knows no library. */
package io.github.densecolorize.files;
