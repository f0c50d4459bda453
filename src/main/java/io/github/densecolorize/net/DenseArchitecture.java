package io.github.densecolorize.net;

import java.util.List;

import io.github.densecolorize.net.DenseSpec.Unit;

/** Densely connected networks, and residual ones to compare them with. */
public final class DenseArchitecture implements Architecture {

	static final String TYPE = "dense";

	private static final Vgg NARROW = new Vgg(96, List.of(16, 32, 64, 96), List.of(2, 2, 2, 2), true, true, List.of(128, 128));
	private static final Vgg WIDE = new Vgg(96, List.of(32, 64, 128, 192), List.of(2, 2, 2, 2), true, true, List.of(256, 256));
	/** VGG-16 (Simonyan and Zisserman 2014, column D). */
	private static final Vgg VGG_16 = new Vgg(224, List.of(64, 128, 256, 512, 512), List.of(2, 2, 3, 3, 3), false, false, List.of(4096, 4096));

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public Class<DenseSpec> numbers() {
		return DenseSpec.class;
	}

	@Override
	public List<Preset> presets() {
		return List.of( //
			new Preset("compact", "for a laptop's CPU", new DenseSpec(Unit.DENSE, 12, List.of(4, 4, 4, 4), NARROW), MeanSquared.NAME), //
			new Preset("wide", "twice as many maps, wants a GPU", new DenseSpec(Unit.DENSE, 24, List.of(4, 4, 4, 4), WIDE), MeanSquared.NAME), //
			new Preset("paper", "guidance by VGG-16, wants a GPU", new DenseSpec(Unit.DENSE, 12, List.of(6, 6, 6, 6), VGG_16), MeanSquared.NAME), //
			new Preset("residual", "residual units, the paper's comparison", new DenseSpec(Unit.RESIDUAL, 16, List.of(2, 2, 2, 2), NARROW),
				MeanSquared.NAME), //
			new Preset("residual-wide", "residual with twice as many maps, wants a GPU", new DenseSpec(Unit.RESIDUAL, 32, List.of(2, 2, 2, 2), WIDE),
				MeanSquared.NAME));
	}
}
