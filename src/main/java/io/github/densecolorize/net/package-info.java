/**
 * The network: layers, losses, optimizer and its tensors on disk. Knows DJL, neither images nor files of ours.
 */
package io.github.densecolorize.net;
