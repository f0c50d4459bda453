package io.github.densecolorize.net;

import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;

/** Batch norm, ReLU, convolution; (N, C, H, W) to (N, maps, H, W). */
final class BnReluConv extends Chain {

	private final BatchNorm norm;
	private final Conv2d convolution;

	/** @param bias whether there is a bias; not if a batch norm follows, which would subtract it again */
	BnReluConv(int side, int maps, boolean bias) {
		this(BatchNorm.builder().build(), new Conv2d(side, maps, bias));
	}

	private BnReluConv(BatchNorm norm, Conv2d convolution) {
		super(norm, Activation.reluBlock(), convolution);
		this.norm = norm;
		this.convolution = convolution;
	}

	/** Takes down its operations. */
	<V> V takeDown(Operations<V> operations, V x) {
		return operations.convolution(filter(), operations.relu(operations.normalized(norm(), x)));
	}

	Norm norm() {
		return Norm.of(norm);
	}

	Filter filter() {
		return Filter.of(convolution);
	}
}
