package io.github.densecolorize.dialog;

import javax.swing.JCheckBox;
import javax.swing.JComponent;

import org.scijava.module.ModuleItem;

/** Yes or no. */
final class CheckField extends Field {

	private final JCheckBox box = new JCheckBox();

	CheckField(Questions questions, ModuleItem<?> item, Runnable changed) {
		super(questions, item, changed);
		show();
		box.addItemListener(e -> chosen(box.isSelected()));
	}

	@Override
	JComponent component() {
		return box;
	}

	@Override
	void fill() {
		box.setSelected(Boolean.parseBoolean(questions.text(item)));
	}
}
