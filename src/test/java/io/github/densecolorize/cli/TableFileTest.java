package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.densecolorize.TinyModel;

public class TableFileTest {

	@TempDir
	private Path folder;
	private Path image;

	@BeforeEach
	void makeImage() throws IOException {
		image = Shell.colour(Files.createDirectory(folder.resolve("in")).resolve("a.png"), i -> i);
	}

	private void refused(String why, Object... arguments) {
		var done = Shell.run(arguments);
		assertEquals(1, done.status());
		assertEquals("", done.out());
		assertEquals(1, done.errors().size(), done.err());
		assertTrue(done.err().contains(why), done.err());
	}

	@Test
	public void anInputIsNeverReplaced() throws IOException {
		var before = Files.readAllBytes(image);
		refused("a.png is one of the inputs; give another name.", "measure", image, "--csv", image, "--overwrite");
		refused("a.png is one of the inputs; give another name.", "measure", image.getParent(), "--csv", image, "--overwrite");
		Files.createSymbolicLink(folder.resolve("link.png"), image);
		refused("link.png is one of the inputs; give another name.", "measure", image, "--csv", folder.resolve("link.png"), "--overwrite");
		assertArrayEquals(before, Files.readAllBytes(image));
	}

	@Test
	public void onlyATableIsReplacedUnasked() throws IOException {
		var csv = Files.writeString(folder.resolve("rows.csv"), "image,slice\nmine\n");
		refused("rows.csv exists and is no table of an earlier run; give another name, or --overwrite.", "measure", image, "--csv", csv);
		assertEquals("image,slice\nmine\n", Files.readString(csv));
		assertEquals(0, Shell.run("measure", image, "--csv", csv, "--overwrite").status());
		var table = Files.readString(csv);
		assertTrue(table.startsWith(String.join(",", MeasureCommand.COLUMNS) + "\n"), table);
		Files.writeString(csv, table + "more\n");
		assertEquals(0, Shell.run("measure", image, "--csv", csv).status());
		assertEquals(table, Files.readString(csv));
	}

	/** All five commands, before they work. */
	@Test
	public void allCommandsAskBeforeTheyReplace() throws IOException {
		var csv = Files.writeString(folder.resolve("notes.txt"), "mine");
		var one = TinyModel.write(folder, "one", "he");
		var other = TinyModel.write(folder, "other", "he");
		for (var command : List.of(List.of("measure", image), List.of("evaluate", one, image.getParent()), List.of("compare", image.getParent(), one,
			other), List.of("benchmark"), List.of("benchmark", "train", folder.resolve("none.h5"))))
		{
			var line = new ArrayList<Object>(command);
			line.addAll(List.of("--csv", csv));
			refused("notes.txt exists and is no table of an earlier run", line.toArray());
		}
		refused("notes.txt exists", "compare", image.getParent(), one, other, "--plot", csv);
		assertEquals("mine", Files.readString(csv));
	}
}
