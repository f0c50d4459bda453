package io.github.densecolorize;

import java.util.List;

import net.imglib2.Interval;

import io.github.densecolorize.model.TileMaps;

/** Brings the colours of tiles of a plane to full resolution, and gives them to sinks. Used by several threads. */
interface Renderer {

	/**
	 * @param write pixels of the plane
	 * @param seen pixels that the network saw, with the margin that is needed around those of {@code write}
	 * @param l L* of these, row by row
	 * @param made their colours, as they shall be, for each sink
	 * @param sinks which get none before all are made: the memory may not suffice
	 */
	void render(Interval write, Interval seen, float[] l, List<TileMaps> made, List<TileSink> sinks);
}
