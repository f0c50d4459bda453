package io.github.densecolorize.command;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.UIManager;

import ij.ImagePlus;
import ij.gui.GUI;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.EngineMessages;
import io.github.densecolorize.colorize.PreviewPainter;
import io.github.densecolorize.colorize.PreviewPainter.Picture;
import io.github.densecolorize.colorize.PreviewPainter.Wanted;
import io.github.densecolorize.dialog.Place;
import io.github.densecolorize.dialog.Preview;

/**
 * Shows beside an image what it would look like in colours, as long as a dialog is open. It is no image of ImageJ, so that nothing is left of it: no
 * macro finds it, and the image itself is not touched.
 */
final class PreviewWindow implements Preview {

	/** Between two looks at what the dialog and the image's window show; a value must stay for so long before it is computed. */
	private static final int MILLISECONDS = 80;
	/** Narrower windows could not show what is said. */
	private static final int NARROWEST = 260;
	/** Stands for what is shown while a value changes. */
	private static final Object CHANGING = new Object();

	private final ImagePlus image;
	private final Supplier<Wanted> wanted;
	private final PreviewPainter painter;
	/** Computes one picture after the other; null before the first. */
	private ExecutorService worker;
	/** Null if it is not open. */
	private JDialog window;
	private final Screen screen = new Screen();
	private final JTextArea about = new JTextArea(2, 1);
	private final Timer timer = new Timer(MILLISECONDS, e -> look());
	/** What was seen at the last look, and what is shown or computed: a {@link Wanted}, or the text of a problem. */
	private Object seen, shown;
	/** The number of the picture that is wanted; those before it are outdated. */
	private volatile int current;
	/**
	 * @param wanted what the dialog asks for; may throw an exception with a sentence for the user
	 */
	PreviewWindow(ImagePlus image, Supplier<Wanted> wanted) {
		this.image = image;
		this.wanted = wanted;
		painter = new PreviewPainter(image);
		about.setEditable(false);
		about.setOpaque(false);
		about.setLineWrap(true);
		about.setWrapStyleWord(true);
		about.setFont(UIManager.getFont("Label.font"));
		about.setBorder(BorderFactory.createEmptyBorder(2, 6, 3, 6));
	}

	@Override
	public void open(Window dialog) {
		if (worker == null) worker = Executors.newSingleThreadExecutor();
		window = new JDialog(dialog, "Preview");
		// The keys stay with the dialog.
		window.setFocusableWindowState(false);
		window.setDefaultCloseOperation(JDialog.DO_NOTHING_ON_CLOSE);
		window.add(screen, BorderLayout.CENTER);
		window.add(about, BorderLayout.SOUTH);
		say("Loading...");
		look();
		place(dialog);
		window.setVisible(true);
		timer.start();
	}

	/** Where the dialog can be used, and the image be seen. */
	private void place(Window dialog) {
		window.pack();
		var others = new ArrayList<>(List.of(dialog.getBounds()));
		if (image.getWindow() != null) others.add(image.getWindow().getBounds());
		window.setLocation(Place.beside(window.getSize(), GUI.getScreenBounds(dialog), others).getLocation());
	}

	/** Starts what has changed and then stayed as it is; what was being computed is stopped. */
	private void look() {
		Object now;
		try {
			now = wanted.get();
		}
		catch (IllegalArgumentException e) {
			now = e.getMessage();
		}
		if (now.equals(shown)) return;
		int number = ++current;
		boolean wait = shown != null && !now.equals(seen);
		seen = now;
		shown = wait ? CHANGING : now;
		if (wait) return;
		if (now instanceof Wanted what) {
			screen.fit(what.view().part(), what.view().zoom());
			worker.execute(() -> compute(what, number));
		}
		else refuse(now.toString(), number);
	}

	private void compute(Wanted what, int number) {
		Progress outdated = (done, total) -> {
			if (number != current) throw new CancellationException();
		};
		try (var quiet = EngineMessages.errorsOnly()) {
			outdated.update(0, 1);
			painter.paint(what, picture -> SwingUtilities.invokeLater(() -> show(picture, number)), outdated);
		}
		catch (CancellationException e) {
			// Another picture is wanted, or none.
		}
		catch (IOException | IllegalArgumentException | ArithmeticException e) {
			SwingUtilities.invokeLater(() -> refuse(e.getMessage(), number));
		}
		catch (OutOfMemoryError e) {
			SwingUtilities.invokeLater(() -> refuse("There is not enough memory for a preview.", number));
		}
		catch (RuntimeException e) {
			SwingUtilities.invokeLater(() -> refuse(Bug.sentence(e), number));
		}
	}

	private void show(Picture picture, int number) {
		if (number != current) return;
		screen.show(picture.pixels().createImage());
		say(picture.about() + (picture.exact() ? "" : ", coarse..."));
	}

	/** No picture is better than one of other values. */
	private void refuse(String sentence, int number) {
		if (number != current) return;
		screen.show(null);
		say(sentence);
	}

	private void say(String sentence) {
		about.setText(sentence);
		about.setToolTipText(sentence);
	}

	@Override
	public void hide() {
		timer.stop();
		current++;
		if (window != null) window.dispose();
		window = null;
		seen = null;
		shown = null;
		screen.show(null);
	}

	@Override
	public void close() {
		hide();
		if (worker == null) return;
		worker.execute(painter::close);
		worker.shutdown();
	}

	/** The picture, as large as the image is shown. */
	private final class Screen extends JComponent {

		private static final long serialVersionUID = 1;

		private Dimension shownSize;
		private transient Image picture;

		void fit(Rectangle part, double zoom) {
			var size = new Dimension((int) Math.round(part.width * zoom), (int) Math.round(part.height * zoom));
			if (size.equals(shownSize)) return;
			shownSize = size;
			setPreferredSize(new Dimension(Math.max(NARROWEST, size.width), size.height));
			window.pack();
		}

		void show(Image now) {
			picture = now;
			repaint();
		}

		@Override
		protected void paintComponent(Graphics g) {
			if (picture == null) return;
			// Pixels of an enlarged image are seen as such, as in the image's window.
			boolean enlarged = shown instanceof Wanted what && what.view().zoom() > 1;
			((Graphics2D) g).setRenderingHint(RenderingHints.KEY_INTERPOLATION, enlarged ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
				: RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			g.drawImage(picture, 0, 0, shownSize.width, shownSize.height, null);
		}
	}
}
