package io.github.densecolorize.data;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import io.jhdf.HdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.exceptions.HdfException;

/**
 * What all files of a {@link ColorDataSet} have in common.
 *
 * @param classes names of the classes
 * @param side of the images in pixels
 * @param source where the images come from
 * @param fit how they were brought to their size
 * @param id that no other set has
 */
public record ShardHeader(List<String> classes, int side, String source, String fit, String id) implements Serializable {

	public ShardHeader {
		classes = List.copyOf(classes);
	}

	/** The header of a new set. */
	public ShardHeader(List<String> classes, int side, String source, String fit) {
		this(classes, side, source, fit, UUID.randomUUID().toString());
	}

	/**
	 * Writes a file of the set.
	 *
	 * @param images the images of the shard one after the other, as {@link ImageDeflater} compresses them
	 * @param file to write, which is not there
	 * @throws IOException if the disk is full
	 */
	public void write(ShardIndex index, Path images, Path file) throws IOException {
		try (var hdf = HdfFile.write(file)) {
			hdf.putAttribute(ColorDataSet.FORMAT_NUMBER, ColorDataSet.FORMAT);
			hdf.putAttribute(ColorDataSet.CLASSES, classes.toArray(String[]::new));
			hdf.putAttribute(ColorDataSet.SOURCE, source);
			hdf.putAttribute(ColorDataSet.FIT, fit);
			hdf.putAttribute(ColorDataSet.CREATED, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
			hdf.putAttribute(ColorDataSet.ID, id);
			if (!index.isOnly()) {
				hdf.putAttribute(ColorDataSet.SHARD, index.number());
				hdf.putAttribute(ColorDataSet.LAST, index.last() ? 1 : 0);
			}
			hdf.putDataset(ColorDataSet.RGB, new ImageChunks(hdf, images, index.lengths(), side));
			hdf.putDataset(ColorDataSet.LABEL, index.labels());
			if (index.groups().stream().noneMatch(String::isEmpty)) {
				hdf.putDataset(ColorDataSet.GROUPS, index.groups().toArray(String[]::new));
				hdf.putDataset(ColorDataSet.GROUP, index.group());
			}
			hdf.putDataset(ColorDataSet.SPLIT, index.splits(), DatasetCreationOptions.builder().unsigned().build());
		}
		catch (HdfException | UncheckedIOException e) {
			// If the disk is full, jHDF's message has the position only; the cause says what happened.
			var why = e.getCause() == null ? e : e.getCause();
			throw new IOException(why.getMessage(), e);
		}
	}
}
