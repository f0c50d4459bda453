package io.github.densecolorize.open;

import java.io.IOException;
import java.io.UncheckedIOException;

import ij.ImageStack;
import ij.VirtualStack;
import ij.process.ImageProcessor;

/** Slices that ImageJ reads from a file when their bytes have arrived. */
final class ArrivingStack extends VirtualStack {

	private final ImageStack slices;
	private final Arrival arrival;
	private final TiffSource.Place place;

	/**
	 * @param slices as ImageJ reads them
	 * @param place where they lie in the file
	 */
	ArrivingStack(ImageStack slices, Arrival arrival, TiffSource.Place place) {
		super(slices.getWidth(), slices.getHeight());
		this.slices = slices;
		this.arrival = arrival;
		this.place = place;
		setBitDepth(slices.getBitDepth());
	}

	@Override
	public ImageProcessor getProcessor(int n) {
		try {
			arrival.await(place.of(n - 1), place.bytes());
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return slices.getProcessor(n);
	}

	@Override
	public int getSize() {
		return slices.size();
	}

	@Override
	public String getSliceLabel(int n) {
		return slices.getSliceLabel(n);
	}
}
