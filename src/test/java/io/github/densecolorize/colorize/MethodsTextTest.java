package io.github.densecolorize.colorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;

import io.github.densecolorize.TinyModel;
import io.github.densecolorize.model.ModelFolder;

/** Whole paragraphs, written by hand. */
public class MethodsTextTest {

	private static final String PAPER = "\n\nZhang N, Qin P, Zeng J, Song Y (2019) Image Colorization Algorithm based on Dense Neural Network. " +
		"International Journal of Performability Engineering 15(1): 270.";
	private static final String HASH = "0123456789abcdef".repeat(4);

	@TempDir
	private Path folder;

	@BeforeEach
	void open() {
		System.setProperty(Models.FOLDER_PROPERTY, folder.toString());
	}

	@AfterEach
	void close() {
		System.clearProperty(Models.FOLDER_PROPERTY);
	}

	/** @param properties keys without their beginning, and values in turn */
	private static ImagePlus result(String... properties) {
		var image = IJ.createImage("cells colorized", "RGB black", 8, 8, 1);
		for (int i = 0; i < properties.length; i += 2)
			image.setProp("colorize." + properties[i], properties[i + 1]);
		return image;
	}

	/** 0.9997 was rounded, and no model is certain. */
	@Test
	public void aProbabilityIsNeverOne() {
		assertTrue(MethodsText.of(result("model", "stains", "category", "he", "category.choice", "found by the model", "category.probability", "1.000"))
			.contains("class he (probability > 0.999)."));
	}

	@Test
	public void aClassThatTheModelFound() {
		var text = MethodsText.of(result("statement", Provenance.STATEMENT, "model", "stains", "model.sha256", HASH, "version", "0.1.0", "category", "he",
			"category.choice", "found by the model", "category.probability", "0.974", "scale", "0.25", "mapping", "display range, 0 to 255", "device", "cpu",
			"engine", "PyTorch 2.7.1, padded maps"));
		assertEquals("The image was colorized with the Fiji plugin Dense Colorize 0.1.0, a densely connected convolutional neural network after Zhang et al. " +
			"(2019), and the model stains (SHA-256 0123456789ab...). The network was given the lightness of the image (display range, 0 to 255) at 0.25 of its " +
			"size. The model assigned the image to the class he (probability 0.974). The network predicted the colour components a* and b*, while the " +
			"lightness L* of the image was kept; the colours were therefore predicted, not measured. The computation was done by PyTorch 2.7.1 (padded maps) " +
			"on cpu." + PAPER, text);
	}

	@Test
	public void everythingThatAUserMayChoose() {
		var text = MethodsText.of(result("model", "stains", "model.sha256", HASH, "version", "0.2.0", "category", "pas", "category.choice",
			"chosen by the user", "scale", "1.0", "mapping", "L* of the colours", "device", "gpu:0", "engine", "PyTorch 2.7.1, maps side by side", "reference",
			HASH + "," + HASH, "reference.strength", "0.710", "hints", "10", "strength", "1.5", "area", "selection, x 10, y 20, 30 x 40 pixels", "slices",
			"3-20,30", "caption", "predicted colour", "of.the.future", "17"));
		assertEquals("The image was colorized with the Fiji plugin Dense Colorize 0.2.0, a densely connected convolutional neural network after Zhang et al. " +
			"(2019), and the model stains (SHA-256 0123456789ab...). Of the stack, slices 3 to 20, 30 were used. Colour was given to a part of the image only " +
			"(selection, x 10, y 20, 30 x 40 pixels). The network was given the lightness of the image (L* of the colours) at its full size. The class pas was " +
			"chosen by the user. The last layer of the network was fitted to 2 reference images, and the share of these colours was 0.710. The colours of 10 " +
			"places were given by the user and spread to regions like them. The predicted colours were multiplied by 1.5. The network predicted the colour " +
			"components a* and b*, while the lightness L* of the image was kept; the colours were therefore predicted, not measured. The computation was done " +
			"by PyTorch 2.7.1 (maps side by side) on gpu:0." + PAPER, text);
	}

	/** Results of the first builds record little. */
	@Test
	public void whatIsNotRecordedIsNotMentioned() {
		assertEquals("The image was colorized with the Fiji plugin Dense Colorize, a densely connected convolutional neural network after Zhang et al. (2019), " +
			"and the model stains. The network predicted the colour components a* and b*, while the lightness L* of the image was kept; the colours were " +
			"therefore predicted, not measured." + PAPER, MethodsText.of(result("model", "stains")));
		assertEquals("The image was colorized with the Fiji plugin Dense Colorize (development build), a densely connected convolutional neural network after " +
			"Zhang et al. (2019), and the model stains. The network was given the lightness of the image at 0.5 of its size. The colours were those of the class " +
			"he. The last layer of the network was fitted to a reference image. The colour of 1 place was given by the user and spread to regions like it. The " +
			"network predicted the colour components a* and b*, while the lightness L* of the image was kept; the colours were therefore predicted, not " +
			"measured. The computation was done on cpu." + PAPER, MethodsText.of(result("model", "stains", "version", "development build", "scale", "0.5",
				"category", "he", "device", "cpu", "reference", HASH, "hints", "1", "strength", "1.0")));
	}

	@Test
	public void anImageThatStayedGray() {
		assertEquals("The image was colorized with the Fiji plugin Dense Colorize, a densely connected convolutional neural network after Zhang et al. (2019), " +
			"and the model stains. Of the stack, slice 7 was used. According to the model the image belonged to none of its classes (probability 0.930), so it " +
			"was left gray. The lightness L* of the image was kept." + PAPER, MethodsText.of(result("model", "stains", "slices", "7", "category", "unknown",
				"category.choice", "found by the model", "category.probability", "0.930", "unknown", "gray")));
		assertEquals("The image was colorized with the Fiji plugin Dense Colorize, a densely connected convolutional neural network after Zhang et al. (2019), " +
			"and the model stains. According to the model the image belonged to none of its classes; it was colorized all the same. The network predicted the " +
			"colour components a* and b*, while the lightness L* of the image was kept; the colours were therefore predicted, not measured." + PAPER, MethodsText
				.of(result("model", "stains", "category", "unknown")));
		assertEquals("The image was colorized with the Fiji plugin Dense Colorize, a densely connected convolutional neural network after Zhang et al. (2019), " +
			"and the model stains. All of its pixels had the same value, so it was left gray. The lightness L* of the image was kept." + PAPER, MethodsText.of(
				result("model", "stains", "category", "none", "category.choice", "constant image, nothing to colorize")));
	}

	/** Only of the very model, as another of the same name may have another licence. */
	@Test
	public void theLicenceOfAnInstalledModel() throws IOException {
		var hash = ModelFolder.spec(TinyModel.write(folder, "tiny", "he")).sha256();
		var text = MethodsText.of(result("model", "tiny", "model.sha256", hash));
		assertEquals("Licence of the model tiny: none (see the model's card, README.md in its folder).", text.substring(text.lastIndexOf('\n') + 1));
		var other = MethodsText.of(result("model", "tiny", "model.sha256", HASH));
		assertEquals(PAPER.strip(), other.substring(other.lastIndexOf('\n') + 1));
	}

	@Test
	public void whatIsNoResultIsSaid() {
		assertEquals("cells colorized does not record how it was colorized; choose a result of this plugin, or a TIFF file of it (PNG files and screenshots " +
			"record nothing).", assertThrows(IllegalArgumentException.class, () -> MethodsText.of(result())).getMessage());
		assertEquals("cells colorized shows the colours of all classes; choose one of them, colorize the image with it, and take that result.", assertThrows(
			IllegalArgumentException.class, () -> MethodsText.of(result("model", "stains", "category.choice", "each class of the model"))).getMessage());
	}
}
