package io.github.densecolorize.image;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;

/**
 * Nanoseconds a pixel of what is done for every pixel beside the network, on one thread (entropy: on all).
 *
 * <pre>
 * mvn -B test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=io.github.densecolorize.image.KernelBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelBenchmark {

	private static final int SIDE = 1024, PIXELS = SIDE * SIDE, FACTOR = 4;

	private final int[] argb = new int[PIXELS], merged = new int[PIXELS];
	private final float[] l = new float[PIXELS], a = new float[PIXELS], b = new float[PIXELS], outA = new float[PIXELS], outB = new float[PIXELS];
	private final Reduction reduction = new Reduction(ArrayImgs.floats(l, SIDE, SIDE), 1.0 / FACTOR);
	private final GuidedUpsampling upsampling = new GuidedUpsampling(GuidedUpsampling.RADIUS, GuidedUpsampling.EPSILON);

	public KernelBenchmark() {
		var random = new SplittableRandom(1);
		for (int i = 0; i < PIXELS; i++)
			argb[i] = random.nextInt(1 << 24);
		Lab.fromArgb(argb, l, a, b);
	}

	@Benchmark
	@OperationsPerInvocation(PIXELS)
	public float[] rgbToLab() {
		Lab.fromArgb(argb, l, a, b);
		return l;
	}

	@Benchmark
	@OperationsPerInvocation(PIXELS)
	public int[] labToRgb() {
		Lab.toArgb(l, a, b, merged);
		return merged;
	}

	/** Chroma that is mostly outside sRGB, which is searched for the most that is inside. */
	@Benchmark
	@OperationsPerInvocation(PIXELS)
	public int[] labOutsideSrgbToRgb() {
		Lab.toArgb(l, b, a, merged);
		return merged;
	}

	@Benchmark
	@OperationsPerInvocation(PIXELS)
	public float[] reduction() {
		reduction.read(reduction.plane(), outA);
		return outA;
	}

	/** To four times the width, of the inner part that has its margin. */
	@Benchmark
	@OperationsPerInvocation(PIXELS)
	public float[] upsampling() {
		int margin = upsampling.margin(), side = SIDE / FACTOR;
		var reduced = FinalInterval.createMinMax(-margin, -margin, side + margin - 1, side + margin - 1);
		upsampling.upsample(reduced, l, a, b, FinalInterval.createMinSize(0, 0, SIDE, SIDE), l, reduction, outA, outB);
		return outA;
	}

	@Benchmark
	@OperationsPerInvocation(PIXELS)
	public double entropy() {
		return Entropy.of(argb, Entropy.Kind.PAPER).inEn();
	}

	@Benchmark
	@OperationsPerInvocation(PIXELS)
	public double comparison() {
		return Comparison.of(argb, merged, SIDE, null, Entropy.Kind.PAPER).infoLoss();
	}

	/** In this process, since a new one would not have Maven's class path. */
	public static void main(String[] args) throws RunnerException {
		new Runner(new OptionsBuilder().include(KernelBenchmark.class.getSimpleName()).forks(0).warmupIterations(3).warmupTime(TimeValue.seconds(
			1)).measurementIterations(5).measurementTime(TimeValue.seconds(1)).build()).run();
	}
}
