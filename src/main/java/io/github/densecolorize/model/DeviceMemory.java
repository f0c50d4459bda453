package io.github.densecolorize.model;

/** Is told how much is about to be computed at once. With this, tests imitate a device that has too little memory. */
@FunctionalInterface
public interface DeviceMemory {

	/** For a real device, which reports a lack of memory by itself. */
	DeviceMemory REAL = amount -> {};

	/** @param amount number of crops, or of pixels */
	void allocate(int amount);
}
