package io.github.densecolorize.model;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.Cues;
import io.github.densecolorize.net.FastNet;
import io.github.densecolorize.net.OutputChange;
import io.github.densecolorize.net.Way;

/** The feature stream of a model on a device, which computes one tile at a time. */
final class FeatureStream {

	/** Owns the weights. */
	private final NDManager manager;
	private final CheckedNet<FastNet> net;
	private final Findings findings;
	private final DeviceClock clock;
	/** The only thread that computes, since malloc and OpenMP keep memory and threads for each thread that uses them. */
	private final ExecutorService thread = Executors.newSingleThreadExecutor(FeatureStream::daemon);

	/**
	 * @param weights a manager on the device of the stream, closed with the model
	 * @param clock told what this stream does
	 */
	FeatureStream(ColorNet trained, ModelSpec spec, NDManager weights, List<Way> ways, DeviceClock clock) {
		this.clock = clock;
		manager = weights;
		findings = Findings.of(weights.getDevice(), spec.net(), "feature stream", ways);
		net = new CheckedNet<>(findings, way -> spec.net().fast(trained, way, manager));
	}

	Device device() {
		return manager.getDevice();
	}

	Findings findings() {
		return findings;
	}

	/** Like {@link ColorModel#predictAb}; this stream must not be doing anything else. */
	long predictAb(float[] l, int width, int height, List<TileCues> cues, List<float[][]> ab) {
		return await(() -> {
			long start = System.nanoTime();
			try (var call = manager.newSubManager()) {
				net.run(width + " x " + height, (fast, way) -> {
					try (var features = fast.features(input(way, call, l, height, width))) {
						for (int i = 0; i < cues.size(); i++)
							predictAb(fast, features, cues.get(i).on(way, call, height, width), cues.get(i).change(), ab.get(i));
						return null;
					}
				});
			}
			return System.nanoTime() - start;
		});
	}

	private NDArray input(Way way, NDManager call, float[] l, int height, int width) {
		return clock.transfer(() -> ColorNet.input(way, call, l, height, width));
	}

	private void predictAb(FastNet fast, NDArray features, Cues cues, OutputChange change, float[][] ab) {
		try (var maps = fast.maps(features, cues);
			var chroma = fast.chroma(maps, change);
			var scaled = chroma.mul(ColorNet.AB_SCALE))
		{
			var values = clock.floats(scaled);
			int pixels = values.length / ab.length;
			for (int i = 0; i < ab.length; i++)
				System.arraycopy(values, i * pixels, ab[i], 0, pixels);
		}
	}

	/** Like {@link ColorModel#maps}; this stream must not be doing anything else. */
	TileMaps maps(float[] l, int width, int height, TileCues cues) {
		return await(() -> {
			long start = System.nanoTime();
			try (var call = manager.newSubManager()) {
				var both = net.run(width + " x " + height, (fast, way) -> {
					var maps = fast.maps(fast.features(input(way, call, l, height, width)), cues.on(way, call, height, width));
					long rows = maps.getShape().get(2), columns = maps.getShape().get(3), margin = fast.margin();
					var inner = new NDIndex().addAllDim().addAllDim().addSliceDim(margin, rows - margin).addSliceDim(margin, columns - margin);
					return new NDList(maps.get(inner), fast.chroma(maps, cues.change()));
				});
				var ab = planes(both.get(1).mul(ColorNet.AB_SCALE));
				return new TileMaps(planes(both.get(0)), ab[0], ab[1], System.nanoTime() - start);
			}
		});
	}

	/** Computes something else, with a manager on the device that is closed afterwards; this stream must not be doing anything else. */
	<T> T run(Function<NDManager, T> work) {
		return await(() -> {
			try (var call = manager.newSubManager()) {
				return work.apply(call);
			}
		});
	}

	/** The planes of an array of one image. */
	private float[][] planes(NDArray array) {
		int count = (int) array.getShape().get(1);
		var values = clock.floats(array);
		int size = values.length / count;
		return IntStream.range(0, count).mapToObj(i -> Arrays.copyOfRange(values, i * size, (i + 1) * size)).toArray(float[][]::new);
	}

	private <T> T await(Supplier<T> work) {
		try {
			// This must not be interrupted, as the weights must exist until the computation has ended.
			return CompletableFuture.supplyAsync(() -> clock.work(work), thread).join();
		}
		catch (CompletionException e) {
			if (e.getCause() instanceof Error error) throw error;
			throw (RuntimeException) e.getCause();
		}
	}

	/** Makes a thread that does not keep the program from ending. */
	private static Thread daemon(Runnable work) {
		var thread = new Thread(work, "Colorizer network");
		thread.setDaemon(true);
		return thread;
	}

	/** Must be called only when nothing is being computed. */
	void end() {
		thread.shutdown();
	}
}
