package io.github.densecolorize.dialog;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GraphicsConfiguration;
import java.awt.Insets;
import java.awt.Toolkit;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

import org.scijava.module.Module;

import ij.IJ;
import ij.ImageListener;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GUI;
import ij.plugin.BrowserLauncher;

/**
 * Asks for the inputs of a command. The user can go on working with images meanwhile. OK checks the values; if one can't be used, the dialog stays as
 * it is, and says why beside it.
 */
final class ModuleDialog extends JDialog {

	private static final long serialVersionUID = 1;

	/** Where the manual is. */
	static final String MANUAL = "https://github.com/densecolorize/dense-colorize/blob/main/docs/";

	private final transient Form form;
	private final transient Questions questions;
	private final transient List<Row> rows = new ArrayList<>();
	private final Rows first = new Rows(), more = new Rows();
	private final Message general = new Message(true);
	private final JButton fold = new JButton();
	private final JScrollPane scroll;
	private final transient ImageListener images = new Images();
	private final transient CountDownLatch end = new CountDownLatch(1);
	/** Null if there is none. */
	private final transient Preview preview;
	/** Whether a problem is shown. */
	private boolean said;
	private boolean ok;

	/**
	 * Asks, and waits for the answer.
	 *
	 * @param questions about the module, whose inputs get the values
	 * @return whether the user has pressed OK; if not, nothing may be done with the values
	 */
	static boolean ask(Module module, Questions questions) {
		if (SwingUtilities.isEventDispatchThread()) {
			var dialog = new ModuleDialog(module, questions);
			// Waiting for it in another way would stop all windows.
			dialog.setModalityType(ModalityType.APPLICATION_MODAL);
			dialog.setVisible(true);
			return dialog.ok;
		}
		var shown = new ModuleDialog[1];
		try {
			SwingUtilities.invokeAndWait(() -> {
				shown[0] = new ModuleDialog(module, questions);
				shown[0].setVisible(true);
				shown[0].toFront();
			});
			shown[0].end.await();
			return shown[0].ok;
		}
		catch (InterruptedException e) {
			if (shown[0] != null) SwingUtilities.invokeLater(shown[0]::dispose);
			Thread.currentThread().interrupt();
			return false;
		}
		catch (InvocationTargetException e) {
			throw new IllegalStateException(e.getCause());
		}
	}

	private ModuleDialog(Module module, Questions questions) {
		super(IJ.getInstance(), module.getInfo().getTitle());
		form = (Form) module.getDelegateObject();
		this.questions = questions;
		preview = form.preview();
		for (var item : questions.asked()) {
			var row = new Row(questions, item, this::changed);
			rows.add(row);
			(questions.isFolded(item) ? more : first).add(row);
		}
		var all = new Rows();
		all.addWide(first);
		if (rows.stream().anyMatch(row -> questions.isFolded(row.item()))) all.addWide(folded());
		all.addWide(general);
		var inside = new JPanel(new BorderLayout());
		inside.add(all, BorderLayout.NORTH);
		inside.setBorder(BorderFactory.createEmptyBorder(10, 12, 4, 12));
		scroll = new JScrollPane(inside, ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED, ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
		scroll.setBorder(null);
		scroll.getVerticalScrollBar().setUnitIncrement(16);
		add(scroll, BorderLayout.CENTER);
		add(buttons(), BorderLayout.SOUTH);
		setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosed(WindowEvent e) {
				closed();
			}
		});
		ImagePlus.addImageListener(images);
		fit();
		place();
	}

	/** A button, and what it shows. */
	private JComponent folded() {
		var panel = new JPanel(new BorderLayout());
		fold.setBorderPainted(false);
		fold.setContentAreaFilled(false);
		fold.setMargin(new Insets(2, 0, 2, 0));
		fold.addActionListener(e -> unfold(!more.isVisible()));
		var line = new JPanel(new FlowLayout(FlowLayout.LEFT, 0, 0));
		line.add(fold);
		panel.add(line, BorderLayout.NORTH);
		panel.add(more, BorderLayout.CENTER);
		first.alignWith(more);
		unfold(false);
		return panel;
	}

	private void unfold(boolean show) {
		more.setVisible(show);
		fold.setText(show ? "\u25be Fewer options" : "\u25b8 More options");
		if (isShowing()) fit();
	}

	/** Beside the image that it is about, so that both can be seen. */
	private void place() {
		GUI.centerOnImageJScreen(this);
		var window = WindowManager.getCurrentWindow();
		if (window != null) setLocation(Place.beside(getSize(), GUI.getScreenBounds(window), List.of(window.getBounds())).getLocation());
	}

	/** Makes the dialog as large as it wants to be, if the screen is. */
	private void fit() {
		scroll.setPreferredSize(null);
		var wanted = scroll.getPreferredSize();
		int most = usableHeight() - 130;
		// A scroll bar takes some of the width.
		int bar = wanted.height > most ? scroll.getVerticalScrollBar().getPreferredSize().width : 0;
		scroll.setPreferredSize(new Dimension(wanted.width + bar, Math.min(most, wanted.height)));
		pack();
		int below = getY() + getHeight() - usableHeight();
		if (below > 0) setLocation(getX(), Math.max(0, getY() - below));
	}

	private int usableHeight() {
		GraphicsConfiguration screen = getGraphicsConfiguration();
		var insets = Toolkit.getDefaultToolkit().getScreenInsets(screen);
		return screen.getBounds().y + screen.getBounds().height - insets.bottom;
	}

	private JComponent buttons() {
		var left = new JPanel(new FlowLayout(FlowLayout.LEFT, 6, 0));
		var help = new JButton("?");
		help.setToolTipText("Opens the manual");
		help.addActionListener(e -> openManual());
		left.add(help);
		if (preview != null) {
			var box = new JCheckBox("Preview");
			box.setToolTipText("Colours what the image's window shows, in a window beside it. The image is not changed.");
			box.addActionListener(e -> {
				if (box.isSelected()) preview.open(this);
				else preview.hide();
			});
			left.add(box);
		}
		var yes = new JButton("OK");
		yes.addActionListener(e -> accept());
		var no = new JButton("Cancel");
		no.addActionListener(e -> dispose());
		var right = new JPanel(new FlowLayout(FlowLayout.RIGHT, 6, 0));
		right.add(yes);
		right.add(no);
		getRootPane().setDefaultButton(yes);
		getRootPane().getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
		getRootPane().getActionMap().put("cancel", new AbstractAction() {

			private static final long serialVersionUID = 1;

			@Override
			public void actionPerformed(ActionEvent e) {
				dispose();
			}
		});
		var line = new JPanel(new BorderLayout(30, 0));
		line.setBorder(BorderFactory.createEmptyBorder(6, 6, 10, 6));
		line.add(left, BorderLayout.WEST);
		line.add(right, BorderLayout.EAST);
		return line;
	}

	private void openManual() {
		try {
			BrowserLauncher.openURL(MANUAL + form.page());
		}
		catch (IOException e) {
			say(new Questions.Problem(Form.ALL, "The manual could not be opened; it is at " + MANUAL + form.page() + "."));
		}
	}

	/** The user has changed a value. */
	private void changed() {
		var others = questions.refresh();
		rows.stream().filter(row -> others.contains(row.item())).forEach(Row::show);
		boolean isHigher = scroll.getViewport().getView().getPreferredSize().height > scroll.getViewport().getHeight();
		if (said) clear();
		else if (!isHigher) return;
		fit();
	}

	private void accept() {
		var problem = questions.problem();
		if (problem.isPresent()) {
			say(problem.get());
			return;
		}
		questions.resolve();
		ok = true;
		dispose();
	}

	private void clear() {
		rows.forEach(Row::clear);
		general.say("");
		said = false;
	}

	private void say(Questions.Problem problem) {
		clear();
		said = true;
		var row = rows.stream().filter(each -> each.item().getName().equals(problem.input())).findFirst();
		row.ifPresentOrElse(each -> {
			if (questions.isFolded(each.item())) unfold(true);
			each.say(problem.sentence());
		}, () -> general.say(problem.sentence()));
		fit();
	}

	private void closed() {
		ImagePlus.removeImageListener(images);
		if (preview != null) preview.close();
		end.countDown();
	}

	static Font small(Font font) {
		return font.deriveFont(Font.PLAIN, font.getSize2D() - 1);
	}

	/** Lists of images follow those that are open; without the image that it is about, the dialog ends. */
	private final class Images implements ImageListener {

		@Override
		public void imageOpened(ImagePlus image) {
			SwingUtilities.invokeLater(ModuleDialog.this::changed);
		}

		@Override
		public void imageClosed(ImagePlus image) {
			SwingUtilities.invokeLater(() -> {
				if (questions.isAbout(image)) dispose();
				else changed();
			});
		}

		@Override
		public void imageUpdated(ImagePlus image) {}
	}
}
