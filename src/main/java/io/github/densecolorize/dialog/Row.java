package io.github.densecolorize.dialog;

import java.awt.BorderLayout;
import java.io.File;
import java.util.List;

import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;

import org.scijava.module.ModuleItem;
import org.scijava.widget.FileWidget;

import ij.io.OpenDialog;

/** An input in a dialog: its label and field, what the chosen value is for, and what is wrong with it. */
final class Row {

	private final Questions questions;
	private final ModuleItem<?> item;
	private final Field field;
	private final JLabel label;
	private final JComponent component;
	private final Message note = new Message(false), error = new Message(true);

	/** @param changed called after the user has changed the value */
	Row(Questions questions, ModuleItem<?> item, Runnable changed) {
		this.questions = questions;
		this.item = item;
		field = Field.of(questions, item, () -> {
			showNote();
			changed.run();
		});
		label = new JLabel(item.getLabel());
		label.setLabelFor(field.component());
		var tip = tip(item.getDescription());
		label.setToolTipText(tip);
		field.component().setToolTipText(tip);
		component = questions.isPath(item) ? withButton() : field.component();
		showNote();
	}

	/** Long lines are hard to read, and do not fit on a screen. */
	private static String tip(String description) {
		return description == null || description.isBlank() ? null : "<html><body width=300>" + description.replace("&", "&amp;").replace("<", "&lt;");
	}

	private JComponent withButton() {
		var panel = new JPanel(new BorderLayout(6, 0));
		panel.add(field.component(), BorderLayout.CENTER);
		var browse = new JButton("Browse...");
		browse.addActionListener(e -> browse(panel));
		panel.add(browse, BorderLayout.EAST);
		return panel;
	}

	private void browse(JComponent parent) {
		var style = String.valueOf(item.getWidgetStyle());
		var there = questions.text(item);
		var chooser = new JFileChooser(new File(there.isEmpty() || !new File(there).isAbsolute() ? String.valueOf(OpenDialog.getDefaultDirectory()) : there));
		if (new File(there).isAbsolute()) chooser.setSelectedFile(new File(there));
		chooser.setDialogTitle(item.getLabel());
		chooser.setFileSelectionMode(style.contains(FileWidget.DIRECTORY_STYLE) ? JFileChooser.DIRECTORIES_ONLY : item.getType() == File.class
			? JFileChooser.FILES_ONLY : JFileChooser.FILES_AND_DIRECTORIES);
		if (chooser.showDialog(parent, "Choose") != JFileChooser.APPROVE_OPTION) return;
		field.typed(chooser.getSelectedFile().getPath());
		show();
	}

	ModuleItem<?> item() {
		return item;
	}

	JLabel label() {
		return label;
	}

	JComponent component() {
		return component;
	}

	/** What is said under the field. */
	List<JComponent> lines() {
		return List.of(note, error);
	}

	/** Shows the value and the options that there are now. */
	void show() {
		field.show();
		showNote();
	}

	private void showNote() {
		note.say(questions.note(item));
	}

	/** Shows what is wrong with the value. */
	void say(String problem) {
		error.say(problem);
		field.component().requestFocusInWindow();
	}

	void clear() {
		error.say("");
	}
}
