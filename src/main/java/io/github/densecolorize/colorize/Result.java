package io.github.densecolorize.colorize;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

	/** The property in which ImageJ keeps the label of a single slice. */
	private static final String LABEL = "Slice_Label";

	private final Output output;
	private final ImageStack input;
	private final String title;
	private final Calibration calibration;
	private final int channels;
	private final KeptSlices kept;
	private final boolean hyperStack;
	private final Overlay overlay;
	private final Roi roi;
	private final String[] properties;
	private final String info;
	/** The end of a label that is none: if a single slice has none, ImageJ makes one of the title and the information on the image. */
	private final Optional<String> madeUp;

	/**
	 * @param kept slices that the result has
	 * @param frame pixels of the input that the result has
	 */
	Result(ImagePlus image, Output output, KeptSlices kept, Rectangle frame) {
		this.output = output;
		this.kept = kept;
		input = image.getStack();
		title = image.getTitle().replaceFirst("\\.(?i:tiff?|png|jpe?g|gif|bmp|dcm|zip)$", "") + " " + output.title();
		calibration = image.getCalibration().copy();
		// The function that turns gray values into a density or into signed numbers does not apply to the values of the result.
		calibration.setFunction(Calibration.NONE, null, "Gray Value");
		calibration.xOrigin -= frame.x;
		calibration.yOrigin -= frame.y;
		calibration.zOrigin -= kept.firstZ();
		channels = output.channels();
		hyperStack = image.isHyperStack();
		overlay = image.getOverlay() == null ? null : image.getOverlay().duplicate();
		if (overlay != null) {
			var regions = overlay.toArray();
			overlay.clear();
			Arrays.stream(regions).filter(region -> meets(region, frame)).flatMap(region -> kept.place(region, image, channels)).forEach(overlay::add);
			overlay.translate(-frame.x, -frame.y);
		}
		roi = image.getRoi() == null ? null : kept.place((Roi) image.getRoi().clone(), image, channels).findFirst().orElse(null);
		if (roi != null) roi.translate(-frame.x, -frame.y);
		properties = properties(image.getPropertiesAsArray());
		info = Provenance.withoutProvenance(image.getInfoProperty());
		madeUp = image.getStackSize() == 1 && image.getInfoProperty() != null ? Optional.of("\n" + image.getInfoProperty()) : Optional.empty();
	}

	/**
	 * Those that the result keeps: not how the input was itself colorized, nor its label, which the result's stack has.
	 *
	 * @param all keys and values in turn; null if there are none
	 */
	private static String[] properties(String[] all) {
		if (all == null) return null;
		return IntStream.range(0, all.length / 2).filter(i -> !all[2 * i].startsWith(Provenance.PREFIX) && !all[2 * i].equals(LABEL)).boxed().flatMap(
			i -> Stream.of(all[2 * i], all[2 * i + 1])).toArray(String[]::new);
	}

	/** Whether a region would be seen in a frame, if only its edge. */
	private static boolean meets(Roi region, Rectangle frame) {
		var bounds = region.getBounds();
		return frame.intersects(bounds.x, bounds.y, Math.max(1, bounds.width), Math.max(1, bounds.height));
	}

	/**
	 * The label of a slice of the result.
	 *
	 * @param channel counted from 0
	 * @param slice of the input's stack that it belongs to, counted from 1
	 */
	String label(int channel, int slice) {
		var found = input.getSliceLabel(slice);
		var label = found != null && madeUp.filter(found::endsWith).isPresent() ? null : found;
		if (output.components().isEmpty()) return label;
		var component = output.components().get(channel);
		return label == null ? component : component + " " + label;
	}

	String title() {
		return title;
	}

	/** @param stack the colours: for each slice of the input, one slice for each channel of the output */
	ImagePlus image(ImageStack stack) {
		var plain = new ImagePlus(title, stack);
		plain.setDimensions(channels, kept.depth(), kept.frames());
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
