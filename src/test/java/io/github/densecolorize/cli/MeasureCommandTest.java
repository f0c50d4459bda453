package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class MeasureCommandTest {

	private static final int RED = 0xff0000, GRAY = 0x777777, BLUE = 0x0000ff;
	private static final int LOSS = MeasureCommand.COLUMNS.indexOf("Info_loss");

	@TempDir
	private Path folder;
	private Path originals, colorized, csv;

	@BeforeEach
	void makeFolders() throws IOException {
		originals = Files.createDirectory(folder.resolve("originals"));
		colorized = Files.createDirectory(folder.resolve("colorized"));
		csv = folder.resolve("rows.csv");
	}

	@Test
	public void columnsAreThoseThatScriptsRelyOn() {
		assertEquals("image,slice,InEn_a_original,InEn_b_original,InEn_original,InEn_a,InEn_b,InEn,Info_loss,PSNR,SSIM,ab_RMSE,CIEDE2000_mean," +
			"CIEDE2000_p95,colourfulness_original,colourfulness,max_dL,expected_dE00,method", String.join(",", MeasureCommand.COLUMNS));
	}

	/** Two colours become one: 2 bits of a* and b* are lost, in nats 1.3863, of the pairs 1. */
	@Test
	public void twoFiles() throws IOException {
		var original = twoColours(originals.resolve("a.png"));
		var result = Shell.colour(colorized.resolve("b.tif"), i -> BLUE);
		assertEquals("2.0000", row(Shell.run("measure", original, result).out(), 1)[LOSS]);
		assertEquals("1.3863", row(Shell.run("measure", original, result, "--base", "e").out(), 1)[LOSS]);
		assertEquals("1.0000", row(Shell.run("measure", original, result, "--histogram", "joint").out(), 1)[LOSS]);
		assertEquals("a.png", row(Shell.run("measure", original, result).out(), 1)[0]);

		var same = row(Shell.run("measure", original, original, "--method", "none").out(), 1);
		assertEquals(List.of("1", "0.0000", "inf", "1.0000", "none"), List.of(same[1], same[LOSS], same[LOSS + 1], same[LOSS + 2],
			same[same.length - 1]));
	}

	@Test
	public void rowsToAFileAndTheirMeansToStdout() throws IOException {
		for (var name : List.of("a.png", "b.png"))
			twoColours(originals.resolve(name));
		Shell.colour(colorized.resolve("a.tif"), i -> BLUE);
		twoColours(colorized.resolve("b.tif"));
		var done = Shell.run("measure", originals, colorized, "--csv", csv);
		assertEquals(0, done.status(), done.err());
		var rows = Files.readString(csv);
		assertEquals(List.of("2.0000", "0.0000"), List.of(row(rows, 1)[LOSS], row(rows, 2)[LOSS]));
		var loss = done.out().lines().filter(l -> l.startsWith("Info_loss")).findFirst().orElseThrow().split(" +");
		assertEquals(List.of("Info_loss", "1.0000", "1.4142", "2"), List.of(loss));
	}

	/** Names as colorize makes them, and as the menu's titles are. */
	@Test
	public void foldersAreMatchedByName() throws IOException {
		for (var name : List.of("a.png", "a.tif", "b.png", "c.png", "only.png"))
			twoColours(originals.resolve(name));
		for (var name : List.of("a.png.tif", "a.tif.tif", "B.tif", "c colorized.tif", "other.tif"))
			Shell.colour(colorized.resolve(name), i -> BLUE);
		var done = Shell.run("measure", originals, colorized);
		assertEquals(1, done.status(), "two files were not measured");
		assertEquals(5, done.out().lines().count());
		assertEquals(List.of(originals.resolve("only.png") + ": it has no partner in " + colorized + ".", colorized.resolve("other.tif") +
			": it has no partner in " + originals + ".", "10 files: 8 measured, 0 there already, 0 left out, 2 failed."), done.errors());
	}

	@Test
	public void originalsAlone() throws IOException {
		twoColours(originals.resolve("a.png"));
		var row = row(Shell.run("measure", originals).out(), 1);
		assertEquals("2.0000", row[MeasureCommand.COLUMNS.indexOf("InEn_original")]);
		assertEquals("", row[LOSS]);
	}

	@Test
	public void aGrayResultIsMeasuredAndSaid() throws IOException {
		var done = Shell.run("measure", twoColours(originals.resolve("a.png")), Shell.grayStack(colorized.resolve("a.tif"), 24, 16, 1));
		assertEquals(0, done.status());
		assertEquals("2.0000", row(done.out(), 1)[LOSS]);
		assertTrue(done.err().contains("no colours"), done.err());
	}

	@Test
	public void whatIsOddInAFileIsSaidOnStderr() throws IOException {
		var said = Shell.turned(originals.resolve("a.png"));
		Shell.turned(colorized.resolve("a.png"));
		var done = Shell.run("measure", originals, colorized);
		assertEquals(List.of(said, said.replace(originals.toString(), colorized.toString())), done.errors().subList(0, 2));
		assertEquals(2, done.out().lines().count(), done.out());
		assertEquals(0, done.status());
	}

	@Test
	public void aBadPairDoesNotStopTheOthers() throws IOException {
		for (var name : List.of("a.png", "b.png", "c.png"))
			twoColours(originals.resolve(name));
		Files.writeString(colorized.resolve("a.png"), "this is no image");
		Shell.grayStack(colorized.resolve("b.tif"), 24, 16, 2);
		twoColours(colorized.resolve("c.tif"));
		var done = Shell.run("measure", originals, colorized);
		assertEquals(1, done.status());
		assertEquals(3, done.errors().size(), done.err());
		assertTrue(done.errors().get(0).contains("a.png") && done.errors().get(1).contains("2 slices"), done.err());
		assertEquals("c.png", row(done.out(), 1)[0]);
	}

	@Test
	public void aFailureLeavesTheFileAsItWas() throws IOException {
		var earlier = String.join(",", MeasureCommand.COLUMNS) + "\nearlier rows\n";
		Files.writeString(csv, earlier);
		var original = twoColours(originals.resolve("a.png"));
		var small = Shell.grayStack(colorized.resolve("b.tif"), 20, 16, 1);
		for (var wrong : List.of(Shell.run("measure", original, small, "--csv", csv), Shell.run("measure", original, folder.resolve("missing.tif"),
			"--csv", csv), Shell.run("measure", original, colorized, "--csv", csv), Shell.run("measure", original, original, "--csv", csv, "--base",
				"3"), Shell.run("measure", original, original, "--csv", csv, "--histogram", "both"), Shell.run("measure", original, original, "--csv",
					folder.resolve("nowhere/rows.csv"))))
		{
			assertEquals(1, wrong.status());
			assertEquals("", wrong.out());
			assertEquals(1, wrong.errors().size(), wrong.err());
		}
		var unmatched = Shell.run("measure", originals, colorized, "--csv", csv);
		assertEquals(4, unmatched.errors().size(), unmatched.err());
		assertTrue(unmatched.err().contains("a.png: it has no partner") && unmatched.err().contains("b.tif: it has no partner"), unmatched.err());
		assertEquals(earlier, Files.readString(csv));
		assertFalse(Files.exists(folder.resolve("nowhere")));
	}

	private static Path twoColours(Path file) {
		return Shell.colour(file, i -> i % 2 == 0 ? RED : GRAY);
	}

	private static String[] row(String csv, int row) {
		return csv.lines().toList().get(row).split(",", -1);
	}
}
