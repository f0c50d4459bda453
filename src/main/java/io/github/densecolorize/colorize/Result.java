package io.github.densecolorize.colorize;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.LUT;


/**
 * What a colorized image takes over from its input besides the gray values. It is copied at the beginning, as the input may be closed meanwhile.
 */
final class Result {

	private final Output output;
	private final ImageStack input;
	private final String title;
	private final Calibration calibration;
	private final int channels, depth, frames;
	private final boolean hyperStack;
	private final Overlay overlay;
	private final Roi roi;
	private final String[] properties;
	private final Object info;

	Result(ImagePlus image, Output output) {
		this.output = output;
		input = image.getStack();
		title = image.getTitle().replaceFirst("\\.(?i:tiff?|png|jpe?g|gif|bmp|dcm|zip)$", "") + " colorized";
		calibration = image.getCalibration().copy();
		// The function that turns gray values into a density or into signed numbers does not apply to the values of the result.
		calibration.setFunction(Calibration.NONE, null, "Gray Value");
		channels = output.channels();
		depth = image.getNSlices();
		frames = image.getNFrames();
		hyperStack = image.isHyperStack();
		overlay = image.getOverlay() == null ? null : image.getOverlay().duplicate();
		if (overlay != null) for (var each : overlay)
			place(each, image);
		roi = image.getRoi() == null ? null : (Roi) image.getRoi().clone();
		if (roi != null) place(roi, image);
		properties = image.getPropertiesAsArray();
		info = image.getProperty("Info");
	}

	/** The channels of the result are not those of the input, so a region keeps its slice and frame and is shown on all channels. */
	private void place(Roi region, ImagePlus image) {
		boolean sameStack = image.getNChannels() == 1 && channels == 1;
		if (region.hasHyperStackPosition()) region.setPosition(0, region.getZPosition(), region.getTPosition());
		else if (region.getPosition() > 0 && !sameStack) {
			int[] czt = image.convertIndexToPosition(region.getPosition());
			region.setPosition(0, czt[1], czt[2]);
		}
	}

	/**
	 * The label of a slice of the result.
	 *
	 * @param channel counted from 0
	 * @param slice of the input's stack that it belongs to, counted from 1
	 */
	String label(int channel, int slice) {
		var label = input.getSliceLabel(slice);
		if (output.components().isEmpty()) return label;
		var component = output.components().get(channel);
		return label == null ? component : component + " " + label;
	}

	/** @param stack the colours: for each slice of the input, one slice for each channel of the output */
	ImagePlus image(ImageStack stack) {
		var plain = new ImagePlus(title, stack);
		plain.setDimensions(channels, depth, frames);
		var image = channels > 1 ? new CompositeImage(plain, CompositeImage.COLOR) : plain;
		if (image instanceof CompositeImage composite) {
			composite.setLuts(output.luts().toArray(LUT[]::new));
			composite.setPosition(1, 1, 1);
		}
		image.setOpenAsHyperStack(hyperStack || channels > 1);
		image.setCalibration(calibration);
		image.setProperties(properties);
		if (info != null) image.setProperty("Info", info);
		image.setOverlay(overlay);
		if (roi != null) image.setRoi(roi);
		return image;
	}
}
