/**
 * The only way in which files are written: they are either complete or not there, and what only one program may write is locked. Depends on no
 * library.
 */
package io.github.densecolorize.files;
