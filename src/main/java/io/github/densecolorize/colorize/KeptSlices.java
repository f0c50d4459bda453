package io.github.densecolorize.colorize;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;

/**
 * Which slices of a stack or hyperstack a result has, and how they are ordered in it. If they are all slices at some z of some frames, they are a
 * stack of these; else they lie one after the other, along z.
 */
final class KeptSlices {

	private final int[] planes;
	private final int inputDepth;
	/** Those z and frames of the input, counted from 0, that the slices are of. */
	private final int[] zs, ts;
	private final boolean regular;

	/** @param planes of the input, counted from 0, z before t, rising */
	KeptSlices(ImagePlus input, int[] planes) {
		this.planes = planes;
		inputDepth = input.getNSlices();
		zs = IntStream.of(planes).map(plane -> plane % inputDepth).sorted().distinct().toArray();
		ts = IntStream.of(planes).map(plane -> plane / inputDepth).distinct().toArray();
		regular = zs.length * ts.length == planes.length;
	}

	/** The plane of the input, counted from 0. */
	int plane(int i) {
		return planes[i];
	}

	int size() {
		return planes.length;
	}

	/** How many slices of the result follow each other along z. */
	int depth() {
		return regular ? zs.length : planes.length;
	}

	int frames() {
		return regular ? ts.length : 1;
	}

	/** The z of the first slice, counted from 0. */
	int firstZ() {
		return zs[0];
	}

	/**
	 * Gives a region of the input its places in the result. The channels of the result are not those of the input, so it is shown on all of them.
	 *
	 * @param region may be changed
	 * @param channels of the result
	 * @return none if it was only on slices that the result does not have
	 */
	Stream<Roi> place(Roi region, ImagePlus input, int channels) {
		if (region instanceof PointRoi points && region.getPosition() == PointRoi.POINTWISE_POSITION) return placeEach(points, input, channels);
		int z = region.getZPosition(), t = region.getTPosition();
		if (!region.hasHyperStackPosition()) {
			if (region.getPosition() <= 0) return Stream.of(region);
			int plane = plane(region.getPosition(), input);
			z = plane % inputDepth + 1;
			t = plane / inputDepth + 1;
		}
		int wantedZ = z, wantedT = t;
		var there = IntStream.range(0, planes.length).filter(i -> isOn(planes[i], wantedZ, wantedT)).toArray();
		if (there.length == 0) return Stream.empty();
		int depth = depth();
		boolean hyperStack = Stream.of(channels, depth, frames()).filter(n -> n > 1).count() > 1;
		if (regular && hyperStack) {
			region.setPosition(0, z == 0 ? 0 : there[0] % depth + 1, t == 0 ? 0 : there[0] / depth + 1);
			return Stream.of(region);
		}
		if (there.length == planes.length && there.length > 1) {
			region.setPosition(0);
			return Stream.of(region);
		}
		return IntStream.of(there).mapToObj(i -> {
			var copy = (Roi) region.clone();
			if (hyperStack) copy.setPosition(0, i + 1, 1);
			else copy.setPosition(i + 1);
			return copy;
		});
	}

	/** Of points that are each on a slice of their own, those whose slice the result has. */
	private Stream<Roi> placeEach(PointRoi points, ImagePlus input, int channels) {
		var placed = new PointRoi();
		placed.copyAttributes(points);
		var places = points.getFloatPolygon();
		for (int i = 0; i < places.npoints; i++) {
			int slice = Arrays.binarySearch(planes, plane(points.getPointPosition(i), input));
			if (slice >= 0) placed.addPoint(places.xpoints[i], places.ypoints[i], channels * slice + 1);
		}
		return placed.size() == 0 ? Stream.empty() : Stream.of(placed);
	}

	/** @param position in the input's stack, counted from 1 */
	private static int plane(int position, ImagePlus input) {
		return (position - 1) / input.getNChannels();
	}

	/** @param z counted from 1, 0 for all; likewise t */
	private boolean isOn(int plane, int z, int t) {
		return (z == 0 || plane % inputDepth == z - 1) && (t == 0 || plane / inputDepth == t - 1);
	}
}
