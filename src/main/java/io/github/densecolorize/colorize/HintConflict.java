package io.github.densecolorize.colorize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.densecolorize.Hint;
import io.github.densecolorize.Hint.Run;

/** Finds two hints that want different colours for one pixel. */
final class HintConflict {

	private record Piece(Run run, Hint hint) {

		/** @param other begins before this one in the same row, or with it */
		boolean contradicts(Piece other) {
			return other != null && run.from() <= other.run.to() && !hint.agreesWith(other.hint);
		}
	}

	private HintConflict() {}

	/** @throws IllegalArgumentException with a sentence if there are such hints */
	static void check(List<Hint> hints) {
		var pieces = new ArrayList<Piece>();
		for (var hint : hints)
			for (var run : hint.runs())
				pieces.add(new Piece(run, hint));
		pieces.sort(Comparator.<Piece>comparingInt(piece -> piece.run.y()).thenComparingInt(piece -> piece.run.from()));
		// Of the pieces of this row so far, the one of each plane that ends last: if any of the plane overlaps with the next piece, this one does,
		// and if any contradicts that piece, this one does, since two that both reach the next piece overlap and so agree.
		Map<Integer, Piece> last = new HashMap<>();
		int y = -1;
		for (var piece : pieces) {
			if (piece.run.y() != y) last.clear();
			y = piece.run.y();
			int plane = piece.hint.plane();
			if (plane == Hint.ALL) last.values().forEach(other -> check(piece, other));
			else {
				check(piece, last.get(plane));
				check(piece, last.get(Hint.ALL));
			}
			last.merge(plane, piece, (old, now) -> old.run.to() > now.run.to() ? old : now);
		}
	}

	private static void check(Piece piece, Piece other) {
		if (piece.contradicts(other)) throw new IllegalArgumentException("At x " + piece.run.from() + ", y " + piece.run.y() + ", " + other.hint.name() +
			" and " + piece.hint.name() + " want different colours; move or delete one of them.");
	}
}
