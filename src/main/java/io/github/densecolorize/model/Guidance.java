package io.github.densecolorize.model;

import java.io.Serializable;
import java.util.List;

/**
 * What the guidance stream says about an image: the vector that steers the colours, and how likely each class is.
 *
 * @param vector the guidance vector
 * @param classes names of the classes
 * @param probabilities of the classes, in their order, sum 1
 */
public record Guidance(float[] vector, List<String> classes, float[] probabilities) implements Serializable {

	/** The most likely class. */
	public String category() {
		return classes.get(top());
	}

	/** Its probability, 0 to 1. */
	public float probability() {
		return probabilities[top()];
	}

	private int top() {
		int top = 0;
		for (int i = 1; i < probabilities.length; i++)
			if (probabilities[i] > probabilities[top]) top = i;
		return top;
	}
}
