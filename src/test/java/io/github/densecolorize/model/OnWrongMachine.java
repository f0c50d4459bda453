package io.github.densecolorize.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import ai.djl.Device;

import io.github.densecolorize.net.Spoiled;

/** Opens models as on a processor whose fastest convolutions are wrong. */
public final class OnWrongMachine {

	private OnWrongMachine() {}

	/** A model on a CPU that gets its last maps wrong unless it computes by matrix products. */
	public static ColorModel open(Path folder) throws IOException {
		return ColorModel.open(folder, List.of(Device.cpu()), device -> List.of(Spoiled.lastMaps(), Spoiled.products()));
	}
}
