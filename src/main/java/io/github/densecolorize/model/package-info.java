/**
 * A trained network, its folder on disk and the device it runs on; arrays of DJL do not leave this package.
 */
package io.github.densecolorize.model;
