package io.github.densecolorize.open;

import ij.VirtualStack;

/** The planes of a file as a stack of ImageJ's that stays on disk. */
abstract class FileStack extends VirtualStack {

	final ImageSource source;
	/** The path, for messages. */
	final String file;
	final Layout layout;
	final Details details;

	FileStack(ImageSource source, String file) {
		super(source.layout().width(), source.layout().height());
		this.source = source;
		this.file = file;
		layout = source.layout();
		details = source.details();
		setBitDepth(layout.type().bits());
	}

	@Override
	public int getSize() {
		return layout.planes();
	}

	@Override
	public String getSliceLabel(int n) {
		return n <= details.labels().size() ? details.labels().get(n - 1) : null;
	}
}
