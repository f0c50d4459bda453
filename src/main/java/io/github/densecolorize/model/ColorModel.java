package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;

import io.github.densecolorize.files.Workspace;
import io.github.densecolorize.net.ColorNet;
import io.github.densecolorize.net.FoldedGuidance;
import io.github.densecolorize.net.MismatchException;
import io.github.densecolorize.net.NetSpec;
import io.github.densecolorize.net.Tensors;
import io.github.densecolorize.net.Way;

/**
 * A trained network on a device. Takes and returns plain arrays. The native memory of a call is freed when the call returns, that of the weights by
 * {@link #close()}. Calls may come from several threads.
 */
public final class ColorModel implements AutoCloseable {

	/** Name of the tensor with the mean guidance vector of each class, (classes, 64). */
	public static final String PROTOTYPES = "prototypes";

	/** How many images are in one batch of the guidance stream, which limits its memory. */
	private static final int GUIDED_AT_ONCE = 16;

	/**
	 * Sides of a tile, halo included, beyond which larger tiles are no faster: on a CPU they must fit into the caches (docs/performance.md), on a
	 * GPU they must keep all of it busy.
	 */
	private static final int CPU_TILE = 356, GPU_TILE = 1024;
	/** Which part of a machine's memory, and of the free memory of a GPU, a tile may take. */
	private static final double CPU_SHARE = 1 / 16.0, GPU_SHARE = 1 / 2.0;

	/** Side of the result of the first small pass; the faults that we know show at this size, but not at 9 pixels. */
	private static final int CHECKED = 16;

	/** How long to wait for a training to move the second file of a model to its place. */
	private static final long NANOS_BETWEEN_FILES = 300_000_000;

	private final ModelSpec spec;
	private final List<Device> devices;
	private final ColorNet net;
	private final CheckedNet<FoldedGuidance> guidance;
	private final NDManager weights;
	private final float[][] prototypes;
	private final Head head;
	private final ErrorMap errorMap;
	private final DeviceClock clock = new DeviceClock();
	private final List<FeatureStream> streams;
	/** The streams that are not computing at the moment. */
	private final BlockingQueue<FeatureStream> idle;
	/** What was found out about the guidance stream, and about the feature stream on each device. */
	private final Set<Findings> findings = new LinkedHashSet<>();

	private ColorModel(ModelSpec spec, List<Device> devices, Function<Device, List<Way>> ways, NDManager weights, Map<String, NDArray> tensors)
		throws MismatchException
	{
		this.spec = spec;
		this.devices = List.copyOf(devices);
		this.weights = weights;
		net = spec.net().build(spec.classes().size());
		prototypes = prototypes(spec, tensors);
		head = HeadTensors.take(spec, tensors);
		errorMap = ErrorTensors.take(spec, tensors);
		Tensors.initialize(net, weights, tensors, false);
		if (!tensors.isEmpty()) throw new MismatchException("tensor " + tensors.keySet().iterator().next() +
			" is none of the network's");
		var ofGuidance = Findings.of(devices.get(0), spec.net(), "guidance stream", ways.apply(devices.get(0)));
		guidance = new CheckedNet<>(ofGuidance, way -> new FoldedGuidance(net, way, weights));
		streams = devices.stream().map(device -> new FeatureStream(net, spec, weights.newSubManager(device), ways.apply(device),
			clock)).toList();
		idle = new LinkedBlockingQueue<>(streams);
		findings.add(ofGuidance);
		streams.forEach(stream -> findings.add(stream.findings()));
	}

	/**
	 * Does a first small pass through each stream, so that a machine that computes wrongly is noticed before the work begins.
	 *
	 * @throws MismatchException if the results are not numbers, which may happen although all weights are
	 */
	private void check() throws MismatchException {
		var random = new SplittableRandom(1);
		int size = spec.net().vgg().imageSize(), stride = spec.net().stride();
		int side = 2 * spec.net().halo() + (CHECKED + stride - 1) / stride * stride, result = spec.net().output(side);
		var vector = guide(List.of(noise(random, size))).vector();
		var l = noise(random, side);
		requireNumbers(vector);
		for (var stream : streams) {
			var change = errorMap == null ? null : errorMap.change();
			var results = new float[change == null ? 2 : ErrorMap.RESULTS][result * result];
			stream.predictAb(l, side, side, List.of(new TileCues(vector, change)), List.<float[][]> of(results));
			for (var each : results)
				requireNumbers(each);
		}
	}

	private static void requireNumbers(float[] values) throws MismatchException {
		for (float value : values)
			if (!Float.isFinite(value)) throw new MismatchException("with these weights the network gives no numbers (NaN)");
	}

	private static float[] noise(SplittableRandom random, int side) {
		var l = new float[side * side];
		for (int i = 0; i < l.length; i++)
			l[i] = (float) random.nextDouble(100);
		return l;
	}

	/**
	 * @param folder with {@code model.json} and the weights
	 * @param device as {@link Torch#device} takes it; {@code auto} takes all GPUs
	 * @throws IOException if the folder is not a complete, undamaged model of this format; the message says what is wrong and what to do
	 * @throws IllegalArgumentException if the device is not there
	 */
	public static ColorModel open(Path folder, String device) throws IOException {
		return open(folder, Torch.devices(device));
	}

	/**
	 * The same, for a CPU with many cores.
	 *
	 * @param tiles that the CPU computes at the same time, with a copy of the weights for each; a GPU computes one at a time
	 */
	public static ColorModel open(Path folder, String device, int tiles) throws IOException {
		var devices = Torch.devices(device);
		return open(folder, devices.equals(List.of(Device.cpu())) ? Collections.nCopies(tiles, Device.cpu()) : devices);
	}

	/** @param devices that share the tiles; the first computes the guidance */
	static ColorModel open(Path folder, List<Device> devices) throws IOException {
		try {
			return open(folder, devices, Way::on);
		}
		catch (IOException e) {
			// Another program may have been stopped after it had replaced one of the two files, or may be replacing them right now.
			boolean changing = e instanceof ModelFolder.ChangedException;
			if (!Workspace.sweep(folder.toAbsolutePath().getParent()) && !changing) throw e;
			if (changing) LockSupport.parkNanos(NANOS_BETWEEN_FILES);
			return open(folder, devices, Way::on);
		}
	}

	/** @param ways of a device in the order in which they are tried */
	static ColorModel open(Path folder, List<Device> devices, Function<Device, List<Way>> ways) throws IOException {
		var spec = ModelFolder.spec(folder);
		var manager = Torch.engine().newBaseManager(devices.get(0));
		try {
			var model = new ColorModel(spec, devices, ways, manager, ModelFolder.weights(folder, spec, manager));
			try {
				model.check();
				return model;
			}
			catch (MismatchException | RuntimeException e) {
				model.close();
				throw e;
			}
		}
		catch (MismatchException e) {
			manager.close();
			throw new IOException(folder.resolve(ModelFolder.WEIGHTS) + " does not fit " + ModelFolder.SPEC + ": " + e.getMessage() +
				"; copy the model again.", e);
		}
		catch (IOException | RuntimeException e) {
			manager.close();
			throw e;
		}
	}

	private static float[][] prototypes(ModelSpec spec, Map<String, NDArray> tensors) throws MismatchException {
		int classes = spec.classes().size();
		try (var array = Tensors.take(tensors, PROTOTYPES, new Shape(classes, NetSpec.GUIDANCE))) {
			var values = array.toFloatArray();
			var rows = new float[classes][];
			for (int i = 0; i < classes; i++)
				rows[i] = Arrays.copyOfRange(values, i * NetSpec.GUIDANCE, (i + 1) * NetSpec.GUIDANCE);
			return rows;
		}
	}

	/** The model's description, from its folder. */
	public ModelSpec spec() {
		return spec;
	}

	/** The colours that the model was adapted to; null if it was not adapted. */
	public Head head() {
		return head;
	}

	/** How wrong its colours are to be expected; null if that is not known. */
	public ErrorMap errorMap() {
		return errorMap;
	}

	/** The devices, each of which computes one tile at a time: {@code cpu()}, {@code gpu(0)}, ... */
	public List<Device> devices() {
		return devices;
	}

	/** What the devices have spent their time on. */
	public DeviceClock clock() {
		return clock;
	}

	/** What computes, for users: the version of PyTorch, and the ways in which convolutions are computed. */
	public String engine() {
		return "PyTorch " + Torch.engine().getVersion() + ", " + findings.stream().map(found -> found.way().toString()).distinct().collect(Collectors
			.joining(", "));
	}

	/** Whether the convolutions are computed in the usual way of the devices, which is the fastest. */
	public boolean isUsualEngine() {
		return findings.stream().allMatch(Findings::isUsual);
	}

	/** For each stream and device a phrase for users: in which way it is computed, and how exact the results are. */
	public List<String> arithmetic() {
		return findings.stream().map(Findings::describe).toList();
	}

	/** The best side of a tile, halo included: one that fits into the memory of the devices and is fast. */
	public int tile() {
		var device = devices.get(0);
		double share = device.isGpu() ? GPU_SHARE : CPU_SHARE;
		int most = device.isGpu() ? GPU_TILE : CPU_TILE;
		return (int) Math.min(most, Math.sqrt(share * Torch.memory(device) / spec.net().bytesAPixel()));
	}

	/**
	 * The guidance stream.
	 *
	 * @param images L* of whole images or fields, G·G each, row by row
	 * @return the mean over the images
	 */
	public Guidance guide(List<float[]> images) {
		var vector = new float[NetSpec.GUIDANCE];
		var probabilities = new float[spec.classes().size()];
		for (int from = 0; from < images.size(); from += GUIDED_AT_ONCE) {
			var part = images.subList(from, Math.min(images.size(), from + GUIDED_AT_ONCE));
			try (var call = weights.newSubManager()) {
				int size = spec.net().vgg().imageSize();
				clock.work(() -> {
					var out = guidance.run(part.size() + " x " + size + " x " + size, (stream, way) -> stream.guide(clock.transfer(() -> ColorNet.input(way, call,
						part, size, size))));
					add(out.get(0).sum(new int[] { 0 }), images.size(), vector);
					add(out.get(1).softmax(-1).sum(new int[] { 0 }), images.size(), probabilities);
					return null;
				});
			}
		}
		return new Guidance(vector, spec.classes(), probabilities);
	}

	private void add(NDArray sum, int count, float[] mean) {
		var values = clock.floats(sum);
		for (int i = 0; i < mean.length; i++)
			mean[i] += values[i] / count;
	}

	/**
	 * The guidance of a class chosen by the user: the mean vector of its training images.
	 *
	 * @param category in upper or lower case
	 * @throws IllegalArgumentException if it is not one of the model's {@link ModelSpec#choices}
	 */
	public Guidance guide(String category) {
		int index = spec.classes().indexOf(spec.choice(category));
		var certain = new float[spec.classes().size()];
		certain[index] = 1;
		return new Guidance(prototypes[index], spec.classes(), certain);
	}

	/**
	 * The feature stream: a* and b* of one tile. Waits for a device that is idle.
	 *
	 * @param l L* 0..100 of the tile and a halo around it (see {@link NetSpec#halo}), width · height values
	 * @param width halo included
	 * @param height likewise
	 * @param cues what else the network is told
	 * @param a receives a* of the tile, without the halo
	 * @param b receives b* likewise
	 * @return nanoseconds that the device took
	 */
	public long predictAb(float[] l, int width, int height, TileCues cues, float[] a, float[] b) {
		return predictAb(l, width, height, List.of(cues), List.<float[][]> of(new float[][] { a, b }));
	}

	/**
	 * The same for several cues at once; what does not depend on them, which is most of the work, is computed once.
	 *
	 * @param ab for each of the cues an array that receives a*, one that receives b*, and one for each further result of its change
	 */
	public long predictAb(float[] l, int width, int height, List<TileCues> cues, List<float[][]> ab) {
		var stream = take();
		try {
			return stream.predictAb(l, width, height, cues, ab);
		}
		finally {
			idle.add(stream);
		}
	}

	/**
	 * The maps that the last layer of the network sees, and the colours, for one tile. Waits for a device that is idle.
	 *
	 * @param l as {@link #predictAb} takes it
	 * @return without the halo
	 */
	public TileMaps maps(float[] l, int width, int height, TileCues cues) {
		var stream = take();
		try {
			return stream.maps(l, width, height, cues);
		}
		finally {
			idle.add(stream);
		}
	}

	/**
	 * Computes something else on a device, from plain arrays to plain arrays. Waits for one that is idle.
	 *
	 * @param work with a manager on the device, which is closed afterwards
	 */
	<T> T compute(Function<NDManager, T> work) {
		var stream = take();
		try {
			return stream.run(work);
		}
		finally {
			idle.add(stream);
		}
	}

	private FeatureStream take() {
		try {
			return idle.take();
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("The computation was stopped.");
		}
	}

	/**
	 * The same by the plain network, with which the fast one is compared: its layers as they were trained, one after the other. The tile is
	 * surrounded by zeros, which influence the result up to a halo from its border.
	 *
	 * @param l L* 0..100, width · height values
	 * @param cues what else the network is told
	 * @return a* and then b*, width · height values each
	 */
	public float[] predictAbPlainly(float[] l, int width, int height, TileCues cues) {
		try (var call = weights.newSubManager()) {
			var x = ColorNet.input(Way.plain(), call, l, height, width);
			return net.ab(net.output(new ParameterStore(call, false), x, cues.on(Way.plain(), call, height, width), false)).mul(ColorNet.AB_SCALE).toFloatArray();
		}
	}

	/** How many native arrays the weights' manager and the managers below it hold. */
	int nativeArrays() {
		return weights.getManagedArrays().size();
	}

	/** Must be called only when nothing is being computed. */
	@Override
	public void close() {
		streams.forEach(FeatureStream::end);
		weights.close();
	}
}
