package io.github.densecolorize.dialog;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;

import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.ListCellRenderer;

/** An option in a list, with what it is for. */
final class OptionRenderer implements ListCellRenderer<Object> {

	private final JPanel row = new JPanel(new BorderLayout(10, 0));
	private final JLabel text = new JLabel(), note = new JLabel();

	OptionRenderer() {
		row.setBorder(BorderFactory.createEmptyBorder(1, 4, 1, 4));
		row.add(text, BorderLayout.WEST);
		row.add(note, BorderLayout.CENTER);
		note.setFont(ModuleDialog.small(note.getFont()));
		// It takes what room there is, and ends in dots if that is too little.
		note.setPreferredSize(new Dimension(1, 1));
	}

	@Override
	public Component getListCellRendererComponent(JList<?> list, Object value, int index, boolean selected, boolean focused) {
		// An empty text would make the row too low.
		text.setText(value == null || value.toString().isEmpty() ? " " : value.toString());
		// In the closed box there is no room.
		note.setText(value instanceof Option option && index >= 0 ? option.note() : "");
		row.setOpaque(index >= 0);
		row.setBackground(selected ? list.getSelectionBackground() : list.getBackground());
		text.setForeground(selected ? list.getSelectionForeground() : list.getForeground());
		note.setForeground(selected ? list.getSelectionForeground() : Message.quiet());
		return row;
	}
}
