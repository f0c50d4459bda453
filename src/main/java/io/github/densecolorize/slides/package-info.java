/** Images larger than the memory: written tile by tile, as pyramids that viewers of slides open. */
package io.github.densecolorize.slides;
