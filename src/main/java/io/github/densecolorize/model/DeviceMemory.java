package io.github.densecolorize.model;

/** Told how much is about to be computed at once; a test's device has too little memory for much. */
@FunctionalInterface
public interface DeviceMemory {

	/** Of a real device: it tells by itself. */
	DeviceMemory REAL = amount -> {};

	/** @param amount crops, or pixels */
	void allocate(int amount);
}
