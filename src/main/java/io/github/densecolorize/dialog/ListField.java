package io.github.densecolorize.dialog;

import javax.swing.DefaultComboBoxModel;
import javax.swing.JComboBox;
import javax.swing.JComponent;

import org.scijava.module.ModuleItem;

/** One of several values. */
final class ListField extends Field {

	private final JComboBox<Option> box = new JComboBox<>();

	ListField(Questions questions, ModuleItem<?> item, Runnable changed) {
		super(questions, item, changed);
		box.setRenderer(new OptionRenderer());
		box.setPrototypeDisplayValue(Option.of("m".repeat(COLUMNS * 2 / 3)));
		show();
		box.addActionListener(e -> {
			if (box.getSelectedItem() instanceof Option option) chosen(option.value());
		});
	}

	@Override
	JComponent component() {
		return box;
	}

	@Override
	void fill() {
		var options = questions.options(item);
		box.setModel(new DefaultComboBoxModel<>(options.toArray(Option[]::new)));
		var text = questions.text(item);
		options.stream().filter(option -> option.text().equals(text)).findFirst().ifPresent(box::setSelectedItem);
	}
}
