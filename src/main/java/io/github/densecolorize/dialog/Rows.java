package io.github.densecolorize.dialog;

import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;

import javax.swing.Box;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** Rows of a dialog: labels on the left, fields on the right. */
final class Rows extends JPanel {

	private static final long serialVersionUID = 1;

	private int next;
	/** As wide as the labels of other rows. */
	private final JComponent strut = new JPanel();

	Rows() {
		super(new GridBagLayout());
		strut.setPreferredSize(new Dimension(0, 0));
		add(strut, at(0, 1, 0, 0));
		add(Box.createHorizontalStrut(0), at(1, 1, 1, 0));
		next++;
	}

	void add(Row row) {
		add(row.label(), at(0, 1, 0, 4));
		add(row.component(), at(1, 1, 1, 4));
		next++;
		for (var line : row.lines()) {
			add(line, at(1, 1, 1, 0));
			next++;
		}
	}

	/** Over the whole width. */
	void addWide(JComponent component) {
		add(component, at(0, 2, 1, 0));
		next++;
	}

	/** Makes the labels of both as wide as the widest of them. */
	void alignWith(Rows others) {
		int width = Math.max(labels(), others.labels());
		strut.setPreferredSize(new Dimension(width, 0));
		others.strut.setPreferredSize(new Dimension(width, 0));
	}

	private int labels() {
		int widest = 0;
		for (var component : getComponents())
			if (component instanceof JLabel) widest = Math.max(widest, component.getPreferredSize().width);
		return widest;
	}

	private GridBagConstraints at(int column, int columns, double weight, int space) {
		return new GridBagConstraints(column, next, columns, 1, weight, 0, GridBagConstraints.LINE_START, weight > 0 ? GridBagConstraints.HORIZONTAL
			: GridBagConstraints.NONE, new Insets(space, 0, 0, column == 0 && columns == 1 ? 10 : 0), 0, 0);
	}
}
