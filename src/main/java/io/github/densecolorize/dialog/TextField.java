package io.github.densecolorize.dialog;

import javax.swing.JComponent;
import javax.swing.JTextField;

import org.scijava.module.ModuleItem;

/** A text, or the path of a file. */
final class TextField extends Field {

	private final JTextField text = new JTextField(COLUMNS);

	TextField(Questions questions, ModuleItem<?> item, Runnable changed) {
		super(questions, item, changed);
		show();
		text.getDocument().addDocumentListener((Typing) () -> typed(text.getText()));
	}

	@Override
	JComponent component() {
		return text;
	}

	@Override
	void fill() {
		text.setText(questions.text(item));
	}
}
