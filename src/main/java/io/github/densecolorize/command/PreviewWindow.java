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
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.Timer;

import ij.ImagePlus;

import io.github.densecolorize.Progress;
import io.github.densecolorize.colorize.Bug;
import io.github.densecolorize.colorize.EngineMessages;
import io.github.densecolorize.colorize.PreviewPainter;
import io.github.densecolorize.colorize.PreviewPainter.Picture;
import io.github.densecolorize.colorize.PreviewPainter.Wanted;
import io.github.densecolorize.dialog.Preview;

/**
 * Shows beside an image what it would look like in colours, as long as a dialog is open. It is no image of ImageJ, so that nothing is left of it: no
 * macro finds it, and the image itself is not touched.
 */
final class PreviewWindow implements Preview {

	/** Between two looks at what the dialog and the image's window show; a value must stay for so long before it is computed. */
	private static final int MILLISECONDS = 80;
	/** Stands for what is shown while a value changes. */
	private static final Object CHANGING = new Object();

	private final ImagePlus image;
	private final Supplier<Wanted> wanted;
	/** Computes; null if the window is not open. */
	private ExecutorService worker;
	private JDialog window;
	private final Screen screen = new Screen();
	private final JLabel about = new JLabel(" ");
	private final Timer timer = new Timer(MILLISECONDS, e -> look());
	/** What was seen at the last look, and what is shown or computed: a {@link Wanted}, or the text of a problem. */
	private Object seen, shown;
	/** The number of the picture that is wanted; those before it are outdated. */
	private volatile int current;
	private PreviewPainter painter;

	/**
	 * @param wanted what the dialog asks for; may throw an exception with a sentence for the user
	 */
	PreviewWindow(ImagePlus image, Supplier<Wanted> wanted) {
		this.image = image;
		this.wanted = wanted;
	}

	@Override
	public void open(Window dialog) {
		worker = Executors.newSingleThreadExecutor();
		painter = new PreviewPainter(image);
		window = new JDialog(dialog, "Preview of " + image.getTitle());
		// The keys stay with the dialog.
		window.setFocusableWindowState(false);
		window.setDefaultCloseOperation(JDialog.DO_NOTHING_ON_CLOSE);
		about.setBorder(BorderFactory.createEmptyBorder(2, 6, 3, 6));
		// A long sentence must not make the picture wider.
		about.setPreferredSize(new Dimension(1, about.getPreferredSize().height));
		window.add(screen, BorderLayout.CENTER);
		window.add(about, BorderLayout.SOUTH);
		say("Loading...");
		look();
		place(dialog);
		window.setVisible(true);
		timer.start();
	}

	/** Right of the image, or where there is more room. */
	private void place(Window dialog) {
		window.pack();
		var bounds = image.getWindow() == null ? dialog.getBounds() : image.getWindow().getBounds();
		var all = dialog.getGraphicsConfiguration().getBounds();
		int right = bounds.x + bounds.width, left = bounds.x - window.getWidth();
		int x = right + window.getWidth() <= all.x + all.width || left < all.x ? Math.min(right, all.x + all.width - window.getWidth()) : left;
		window.setLocation(Math.max(all.x, x), bounds.y);
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
		else say(now.toString());
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
			SwingUtilities.invokeLater(() -> say(e.getMessage()));
		}
		catch (OutOfMemoryError e) {
			SwingUtilities.invokeLater(() -> say("There is not enough memory for a preview."));
		}
		catch (RuntimeException e) {
			SwingUtilities.invokeLater(() -> say(Bug.sentence(e)));
		}
	}

	private void show(Picture picture, int number) {
		if (number != current) return;
		screen.show(picture.pixels().createImage());
		say(picture.about() + (picture.exact() ? "" : ", coarse..."));
	}

	private void say(String sentence) {
		about.setText(sentence);
		about.setToolTipText(sentence);
	}

	@Override
	public void close() {
		timer.stop();
		current++;
		window.dispose();
		worker.execute(painter::close);
		worker.shutdown();
		seen = null;
		shown = null;
		screen.show(null);
	}

	/** The picture, as large as the image is shown. */
	private final class Screen extends JComponent {

		private static final long serialVersionUID = 1;

		private transient Image picture;

		void fit(Rectangle part, double zoom) {
			var size = new Dimension((int) Math.round(part.width * zoom), (int) Math.round(part.height * zoom));
			if (size.equals(getPreferredSize())) return;
			setPreferredSize(size);
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
			boolean enlarged = picture.getWidth(null) < getWidth() && shown instanceof Wanted what && what.view().zoom() > 1;
			((Graphics2D) g).setRenderingHint(RenderingHints.KEY_INTERPOLATION, enlarged ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
				: RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			g.drawImage(picture, 0, 0, getWidth(), getHeight(), null);
		}
	}
}
