package io.github.densecolorize.net;

import java.util.List;

import io.github.densecolorize.net.NetSpec.Unit;
import io.github.densecolorize.net.NetSpec.Vgg;

/** What a network costs, from its numbers alone: these are known before it is built, and may be such that it never should. */
final class Cost {

	/** Images in one batch of the guidance stream. */
	private static final double IMAGES = 16;

	private Cost() {}

	/** Floating-point operations of the feature stream for a pixel, a multiplication and an addition counting two; without its halo. */
	static long flops(Unit unit, int growthRate, List<Integer> layers) {
		long maps = 2L * growthRate, products = 9 * maps;
		for (int block = 0; block < layers.size(); block++) {
			boolean isOutput = block == layers.size() - 1;
			if (isOutput && unit == Unit.DENSE) {
				products += maps * 4 * growthRate;
				maps = 4L * growthRate;
			}
			else if (isOutput) products += maps * maps;
			for (int i = 0; i < layers.get(block); i++)
				if (unit == Unit.DENSE) {
					products += maps * 4 * growthRate + 4L * growthRate * 9 * growthRate;
					maps += growthRate;
				}
				else products += 2 * 9 * maps * maps;
			long next = isOutput ? 2 : unit == Unit.DENSE ? maps / 2 : maps;
			products += maps * next * (isOutput ? 9 : 1);
			maps = next;
		}
		return 2 * products;
	}

	/** Numbers that all parameters have together, the running means and variances of batch norm included. */
	static long weights(Unit unit, int growthRate, List<Integer> layers, Vgg vgg, int classes) {
		long k = growthRate, maps = 2 * k, sum = 9 * maps + maps;
		for (int block = 0; block < layers.size(); block++) {
			boolean isOutput = block == layers.size() - 1;
			if (isOutput) {
				long fused = unit == Unit.DENSE ? 4 * k : maps;
				sum += (maps + NetSpec.GUIDANCE + 1) * fused;
				maps = fused;
			}
			for (int i = 0; i < layers.get(block); i++)
				if (unit == Unit.DENSE) {
					sum += 4 * maps + maps * 4 * k + 4 * 4 * k + 4 * k * 9 * k;
					maps += k;
				}
				else sum += 2 * (4 * maps + 9 * maps * maps);
			long next = isOutput ? 2 : unit == Unit.DENSE ? maps / 2 : maps;
			sum += 4 * maps + maps * next * (isOutput ? 9 : 1) + (isOutput ? next : 0);
			maps = next;
		}
		return sum + weights(vgg) + (NetSpec.GUIDANCE + 1L) * classes;
	}

	private static long weights(Vgg vgg) {
		long maps = 1, sum = 0;
		for (int stage = 0; stage < vgg.widths().size(); stage++)
			for (int i = 0; i < vgg.convolutions().get(stage); i++) {
				long width = vgg.widths().get(stage);
				sum += 9 * maps * width + (vgg.batchNorm() ? 4 : 1) * width;
				maps = width;
			}
		long side = vgg.globalPool() ? 1 : vgg.imageSize() >> vgg.widths().size(), units = maps * side * side;
		for (int next : vgg.fc()) {
			sum += (units + 1) * next;
			units = next;
		}
		return sum + (units + 1) * NetSpec.GUIDANCE;
	}

	/** Operations of the convolutions of the guidance stream for an image. */
	static double operations(int imageSize, List<Integer> widths, List<Integer> convolutions) {
		double maps = 1, operations = 0;
		for (int stage = 0; stage < widths.size(); stage++)
			for (int i = 0; i < convolutions.get(stage); i++) {
				operations += 2 * 9 * maps * widths.get(stage) * pixels(imageSize, stage);
				maps = widths.get(stage);
			}
		return operations;
	}

	/** Bytes of the maps before and after that of its convolutions that has the most, for a batch. */
	static double mapBytes(int imageSize, List<Integer> widths, List<Integer> convolutions) {
		double maps = 1, most = 0;
		for (int stage = 0; stage < widths.size(); stage++)
			for (int i = 0; i < convolutions.get(stage); i++) {
				most = Math.max(most, IMAGES * Float.BYTES * pixels(imageSize, stage) * (maps + widths.get(stage)));
				maps = widths.get(stage);
			}
		return most;
	}

	private static double pixels(int imageSize, int stage) {
		return Math.pow(imageSize >> stage, 2);
	}
}
