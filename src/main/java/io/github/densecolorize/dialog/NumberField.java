package io.github.densecolorize.dialog;

import java.awt.Dimension;

import javax.swing.AbstractSpinnerModel;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JSpinner;
import javax.swing.JTextField;

import org.scijava.module.ModuleItem;

/** A number. Whatever is typed stays, also if it is none; then {@link Questions#problem} tells. */
final class NumberField extends Field {

	private final JTextField text = new JTextField(10);
	private final JSpinner spinner = new JSpinner(new Steps());

	NumberField(Questions questions, ModuleItem<?> item, Runnable changed) {
		super(questions, item, changed);
		// As high as other fields, and with the text at the same place, whatever the look.
		var like = new JTextField();
		text.setBorder(BorderFactory.createEmptyBorder(0, like.getInsets().left, 0, 0));
		spinner.setPreferredSize(new Dimension(spinner.getPreferredSize().width, like.getPreferredSize().height));
		spinner.setEditor(text);
		show();
		text.getDocument().addDocumentListener((Typing) () -> typed(text.getText()));
	}

	@Override
	JComponent component() {
		return spinner;
	}

	@Override
	void fill() {
		text.setText(questions.text(item));
	}

	/** The arrows. */
	private final class Steps extends AbstractSpinnerModel {

		private static final long serialVersionUID = 1;

		@Override
		public Object getValue() {
			return questions.text(item);
		}

		@Override
		public void setValue(Object value) {
			questions.type(item, String.valueOf(value));
			text.setText(questions.text(item));
		}

		@Override
		public Object getNextValue() {
			return questions.step(item, 1);
		}

		@Override
		public Object getPreviousValue() {
			return questions.step(item, -1);
		}
	}
}
