/**
 * The network: architectures, layers, losses, the optimizer, and tensors on disk. Depends on DJL, but knows nothing of images or of the files of a
 * model.
 */
package io.github.densecolorize.net;
