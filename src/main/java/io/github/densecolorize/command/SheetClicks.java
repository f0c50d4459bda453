package io.github.densecolorize.command;

import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;

import ij.IJ;
import ij.ImageListener;
import ij.ImagePlus;

import io.github.densecolorize.colorize.ContactSheet;

/** Tells which class it is when a picture of a contact sheet is clicked, and copies its name. */
final class SheetClicks extends MouseAdapter implements ImageListener {

	private final ContactSheet sheet;

	private SheetClicks(ContactSheet sheet) {
		this.sheet = sheet;
	}

	/** @param sheet that is about to be shown */
	static void follow(ContactSheet sheet) {
		ImagePlus.addImageListener(new SheetClicks(sheet));
	}

	@Override
	public void imageOpened(ImagePlus image) {
		// In batch mode an image has no window.
		if (image == sheet.image() && image.getCanvas() != null) image.getCanvas().addMouseListener(this);
	}

	@Override
	public void imageClosed(ImagePlus image) {
		if (image == sheet.image()) ImagePlus.removeImageListener(this);
	}

	@Override
	public void imageUpdated(ImagePlus image) {
		// Another page shows other classes, which are looked up at the click.
	}

	@Override
	public void mouseClicked(MouseEvent e) {
		var canvas = sheet.image().getCanvas();
		sheet.category(sheet.image().getCurrentSlice(), canvas.offScreenX(e.getX()), canvas.offScreenY(e.getY())).ifPresent(category -> IJ.showStatus(
			"category=" + category + " (" + Clipboard.copy(category) + ")"));
	}
}
