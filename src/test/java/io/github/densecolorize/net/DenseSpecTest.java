package io.github.densecolorize.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

public class DenseSpecTest {

	@Test
	public void paperHasVgg16() {
		var vgg = Preset.named("paper").net().vgg();
		assertEquals(13, vgg.convolutions().stream().mapToInt(Integer::intValue).sum());
		assertEquals(224, vgg.imageSize());
		assertEquals(List.of(4096, 4096), vgg.fc());
	}

	/** The first and the last convolution, and one in each of sixteen dense layers. */
	@Test
	public void haloCountsTheConvolutions() {
		assertEquals(18, Preset.named("compact").net().halo());
	}

	/** The tables of the manual name what there is, in the words of the program. */
	@Test
	public void theManualNamesPresetsAndLosses() throws IOException {
		String network = Files.readString(Path.of("docs/network.md")), training = Files.readString(Path.of("docs/train-your-own.md"));
		for (var preset : Preset.all()) {
			if (preset.name().equals("toy")) continue;
			assertTrue(network.contains("\n| `" + preset.name() + "` |"), preset.name());
			assertTrue(training.contains("`" + preset.name() + "` (" + preset.description() + ")"), preset.name());
		}
		for (var loss : Loss.all())
			if (!loss.name().equals("toy")) assertTrue(training.contains("`" + loss.name() + "` (" + loss.description() + ")"), loss.name());
	}

	@Test
	public void wrongValuesAreNamed() {
		var vgg = Preset.named("compact").net().vgg();
		assertMessage("growthRate is 0", () -> new DenseSpec(DenseSpec.Unit.DENSE, 0, List.of(1, 1, 1, 1), vgg));
		assertMessage("layers has 3 blocks; must have 4", () -> new DenseSpec(DenseSpec.Unit.DENSE, 1, List.of(1, 1, 1), vgg));
		assertMessage("vgg.imageSize is 8; must be at least 16", () -> Preset.named("compact").net().withImageSize(8));
		assertMessage("preset is \"big\"; must be one of compact, eccv16, eccv16-wide, iizuka, iizuka-wide, paper, residual, residual-wide, toy, unet, unet-wide, wide", () -> Preset.named("big"));
	}

	private static void assertMessage(String part, Runnable call) {
		var message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
		assertTrue(message.contains(part), message);
	}

	/**
	 * Of a network small enough for paper, k = 1: first convolution 9·2; three blocks of one layer, 2·4 + 4·9 = 44 products to 3 maps, the
	 * transition to 1 map 3, then 1·4 + 36 = 40 to 2 maps and 2 to 1, and again; fusion 1·4; the last block 4·4 + 36 = 52 to 5 maps, and 5·2·9.
	 */
	@Test
	public void operationsAreThoseOfTheConvolutions() {
		var spec = new DenseSpec(DenseSpec.Unit.DENSE, 1, List.of(1, 1, 1, 1), new Vgg(16, List.of(4), List.of(1), true, true, List.of(8)));
		assertEquals(2 * (18 + 44 + 3 + 40 + 2 + 40 + 2 + 4 + 52 + 90), spec.flops());
		var residual = new DenseSpec(DenseSpec.Unit.RESIDUAL, 1, List.of(1, 1, 1, 1), spec.vgg());
		assertEquals(2 * (18 + 3 * (72 + 4) + 4 + 72 + 36), residual.flops());
	}
}
