package io.github.densecolorize.dialog;

import javax.swing.JComponent;

import org.scijava.module.ModuleItem;

/** Where the user gives the value of an input. */
abstract class Field {

	/** Width in columns of letters. */
	static final int COLUMNS = 28;

	final Questions questions;
	final ModuleItem<?> item;
	private final Runnable changed;
	/** Whether the component is being changed by the program. */
	private boolean showing;

	/** @param changed called after the user has changed the value */
	Field(Questions questions, ModuleItem<?> item, Runnable changed) {
		this.questions = questions;
		this.item = item;
		this.changed = changed;
	}

	static Field of(Questions questions, ModuleItem<?> item, Runnable changed) {
		if (item.getType() == boolean.class) return new CheckField(questions, item, changed);
		if (!questions.options(item).isEmpty()) return questions.isFree(item) ? new SearchField(questions, item, changed) : new ListField(questions, item,
			changed);
		return Number.class.isAssignableFrom(boxed(item)) ? new NumberField(questions, item, changed) : new TextField(questions, item, changed);
	}

	private static Class<?> boxed(ModuleItem<?> item) {
		return item.getType() == int.class || item.getType() == long.class || item.getType() == double.class ? Number.class : item.getType();
	}

	/** What the dialog shows, with the value. */
	abstract JComponent component();

	/** Shows the value and the options that there are now. */
	final void show() {
		filling(this::fill);
	}

	/** Lets the program change the component. */
	final void filling(Runnable change) {
		showing = true;
		try {
			change.run();
		}
		finally {
			showing = false;
		}
	}

	/** Fills the component. */
	abstract void fill();

	/** Sets a value as an option has it. */
	final void chosen(Object value) {
		if (showing) return;
		questions.set(item, value);
		changed.run();
	}

	/** Sets what was typed. */
	final void typed(String text) {
		if (showing) return;
		questions.type(item, text);
		changed.run();
	}}
