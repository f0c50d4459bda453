package io.github.densecolorize.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.imglib2.FinalInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Intervals;
import net.imglib2.view.Views;

public class TileTest {

	@ParameterizedTest
	@CsvSource({ "100, 37", "1, 1", "7, 333", "64, 32" })
	public void everyPixelIsWrittenOnce(int width, int height) {
		var hits = Views.translate(ArrayImgs.unsignedBytes(width, height), -5, 3);
		for (var tile : Tile.cover(hits, 32, 8)) {
			assertTrue(tile.write().dimension(0) <= 32 && tile.write().dimension(1) <= 32);
			Views.interval(hits, tile.write()).forEach(UnsignedByteType::inc);
		}
		hits.forEach(h -> assertEquals(1, h.get()));
	}

	@Test
	public void readsTheHaloEvenOutsideThePlane() {
		var tiles = Tile.cover(FinalInterval.createMinSize(0, 0, 10, 4), 8, 3);
		assertEquals(2, tiles.size());
		assertTrue(Intervals.equals(FinalInterval.createMinMax(5, 0, 9, 3), tiles.get(1).write()));
		assertTrue(Intervals.equals(FinalInterval.createMinMax(2, -3, 12, 6), tiles.get(1).read()));
	}

	@Test
	public void onlyPlanesAndPositiveSizes() {
		assertThrows(IllegalArgumentException.class, () -> Tile.cover(FinalInterval.createMinSize(0, 0, 0, 4, 4, 4), 8, 3));
		assertThrows(IllegalArgumentException.class, () -> Tile.cover(FinalInterval.createMinSize(0, 0, 4, 4), 0, 3));
		assertThrows(IllegalArgumentException.class, () -> Tile.cover(FinalInterval.createMinSize(0, 0, 4, 4), 8, -1));
	}
}
