package io.github.densecolorize.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

import io.github.densecolorize.files.NewFile;
import io.github.densecolorize.model.ColorModel;
import io.github.densecolorize.model.ModelFolder;
import io.github.densecolorize.model.ModelSpec;

/**
 * The folder into which a training writes: it holds the best model so far and the table of all measurements; the checkpoint lies beside it.
 *
 * @param folder of the model; its last part is the model's name
 */
public record RunFolder(Path folder) {

	/** Name of the table of all measurements in the model folder. */
	public static final String HISTORY = "training.csv";

	/** What to do if there is already a model, or the checkpoint of a stopped run, where the training wants to write. */
	public enum IfExists {
		REFUSE,
		/** Continue from the checkpoint if there is one; refuse if there is a complete model. */
		RESUME,
		/** Replace the model, which is kept until the first measurement of the new one. */
		OVERWRITE
	}

	/** Where a run keeps its state until it is complete. */
	public Path checkpoint() {
		return folder.resolveSibling(folder.getFileName() + ".checkpoint.npz");
	}

	/**
	 * Checks whether a run may use the folder.
	 *
	 * @return whether there is a checkpoint to go on from
	 * @throws IOException if the run would replace something that it must not replace
	 */
	public boolean resumes(IfExists ifExists) throws IOException {
		ModelFolder.checkPlace(folder);
		boolean stopped = Files.exists(checkpoint()), model = Files.exists(folder.resolve(ModelFolder.SPEC));
		if (stopped && ifExists == IfExists.REFUSE) throw new IOException("Model folder " + folder +
			" belongs to a run that was stopped; choose resume to go on, overwrite to begin again, or another folder.");
		if (!stopped && model && ifExists != IfExists.OVERWRITE) throw new IOException("Model folder " + folder +
			" holds a model; choose another folder, or overwrite.");
		return stopped && ifExists == IfExists.RESUME;
	}

	String name() {
		return folder.getFileName().toString();
	}

	/**
	 * Replaces the model.
	 *
	 * @param weights of the network
	 * @param prototypes mean guidance vector of each class
	 */
	void writeModel(ModelSpec model, NDList weights, NDArray prototypes) throws IOException {
		prototypes.setName(ColorModel.PROTOTYPES);
		var tensors = new NDList(weights);
		tensors.add(prototypes);
		try {
			ModelFolder.write(folder, model, tensors);
		}
		catch (IOException e) {
			throw unwritten("Model " + folder, e);
		}
	}

	void writeHistory(List<TrainingReport> reports) throws IOException {
		var file = folder.resolve(HISTORY);
		try (var made = new NewFile(file)) {
			made.write(out -> out.write(TrainingReport.csv(reports).getBytes(StandardCharsets.UTF_8)));
			made.land(true);
		}
		catch (IOException e) {
			throw unwritten("Table " + file, e);
		}
	}

	static IOException unwritten(String what, IOException e) {
		return new IOException(what + " can't be written (" + NewFile.reason(e) +
			"); the best model so far and the last checkpoint are unchanged: make room on the disk, then resume.", e);
	}
}
