package io.github.densecolorize.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.ParameterStore;

/** The network's layers as they were trained, one after the other. */
final class PlainNet implements FastNet {

	/** a* and b*. */
	private static final int AB = 2;

	private final ColorNet net;
	private final Way way;

	/** @param manager owns a copy of the network */
	PlainNet(ColorNet net, Way way, NDManager manager) {
		this.net = net.copy(manager);
		this.net.use(way);
		this.way = way;
	}

	@Override
	public int margin() {
		return 0;
	}

	/** @return l, since nothing is known about the layers */
	@Override
	public NDArray features(NDArray l) {
		return l;
	}

	/** @return the colours themselves, likewise */
	@Override
	public NDArray maps(NDArray l, Cues cues) {
		var owner = l.getManager();
		try (var scope = owner.newSubManager()) {
			l.tempAttach(scope);
			var output = net.output(new ParameterStore(scope, false), l, cues, false);
			var ab = net.ab(output);
			long height = ab.getShape().get(2), width = ab.getShape().get(3), halo = net.spec().halo();
			var inner = ab.get(new NDIndex().addAllDim().addAllDim().addSliceDim(halo, height - halo).addSliceDim(halo, width - halo));
			inner.attach(owner);
			return inner;
		}
	}

	@Override
	public NDArray chroma(NDArray maps, OutputChange change) {
		if (change == null) return maps.duplicate();
		return new Convolution(new Filter(AB, AB, 1, new double[] { 1, 0, 0, 1 }, new double[AB]).with(change), 0, way, maps.getManager()).of(maps);
	}
}
