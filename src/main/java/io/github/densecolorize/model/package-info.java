/**
 * A trained network, its folder on disk and the device on which it runs; callers never see arrays of DJL.
 */
package io.github.densecolorize.model;
