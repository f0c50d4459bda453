package io.github.densecolorize.dialog;

import java.awt.event.KeyAdapter;
import java.awt.event.KeyEvent;
import java.util.List;
import java.util.Locale;

import javax.swing.DefaultComboBoxModel;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JTextField;
import javax.swing.event.PopupMenuEvent;
import javax.swing.event.PopupMenuListener;

import org.scijava.module.ModuleItem;

/** One of many values, or another one: while the user types, the list shows those that have the typed letters. */
final class SearchField extends Field {

	private static final int ROWS = 12;

	private final JComboBox<Object> box = new JComboBox<>();
	private final JTextField editor;
	/** Whether the list has only those that were searched for. */
	private boolean searching;
	/** Whether the text has changed since the last key. */
	private boolean edited;

	SearchField(Questions questions, ModuleItem<?> item, Runnable changed) {
		super(questions, item, changed);
		box.setEditable(true);
		box.setMaximumRowCount(ROWS);
		box.setRenderer(new OptionRenderer());
		box.setPrototypeDisplayValue("m".repeat(COLUMNS * 2 / 3));
		editor = (JTextField) box.getEditor().getEditorComponent();
		show();
		editor.getDocument().addDocumentListener((Typing) () -> {
			edited = true;
			typed(editor.getText());
		});
		editor.addKeyListener(new KeyAdapter() {

			@Override
			public void keyReleased(KeyEvent e) {
				boolean chose = e.isActionKey() || e.getKeyCode() == KeyEvent.VK_ENTER || e.getKeyCode() == KeyEvent.VK_ESCAPE;
				if (edited && !chose) search();
				edited = false;
			}
		});
		box.addPopupMenuListener(new PopupMenuListener() {

			@Override
			public void popupMenuWillBecomeVisible(PopupMenuEvent e) {
				if (!searching) show();
			}

			@Override
			public void popupMenuWillBecomeInvisible(PopupMenuEvent e) {}

			@Override
			public void popupMenuCanceled(PopupMenuEvent e) {}
		});
	}

	@Override
	JComponent component() {
		return box;
	}

	@Override
	void fill() {
		list(questions.options(item), questions.text(item));
	}

	private void search() {
		var text = editor.getText();
		int caret = editor.getCaretPosition();
		var found = matching(questions.options(item), text);
		searching = true;
		box.hidePopup();
		filling(() -> list(found, text));
		editor.setCaretPosition(caret);
		if (!found.isEmpty()) box.showPopup();
		searching = false;
	}

	private void list(List<Option> options, String text) {
		var model = new DefaultComboBoxModel<Object>(options.toArray());
		model.setSelectedItem(text);
		box.setModel(model);
		if (!editor.getText().equals(text)) editor.setText(text);
	}

	/** Those whose text has the letters, whichever case they are in. */
	static List<Option> matching(List<Option> options, String letters) {
		var wanted = letters.trim().toLowerCase(Locale.ROOT);
		return options.stream().filter(option -> option.text().toLowerCase(Locale.ROOT).contains(wanted)).toList();
	}
}
