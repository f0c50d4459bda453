package io.github.densecolorize.spark;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import org.apache.hadoop.fs.Path;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.densecolorize.cli.DatasetChoice;
import io.github.densecolorize.data.ShardHeader;
import io.github.densecolorize.data.ShardPlanner;
import io.github.densecolorize.dataset.ClassFolders;
import io.github.densecolorize.dataset.DataSetBuilder;
import io.github.densecolorize.dataset.Selection;

/** Makes a data set from a folder. */
@Command(name = "dataset", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = {
	"Makes an HDF5 data set to train on of a folder of colour images, the same as the command line does, except that files and folders whose names begin with _ are left out, too.",
	"Gray images (except in a class unknown), damaged and too small ones and copies are skipped; the table says why. A set beyond 1 GiB goes to numbered files, which train takes by the name given here." })
final class DatasetCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "FOLDER", description = "Colour images, in one subfolder for each class (and folders in these), or all in the folder.")
	private String folder;
	@Option(names = "-o", required = true, paramLabel = "FILE", description = "Data set to write, ending in .h5; outside of FOLDER.")
	private String out;
	@Mixin
	private DatasetChoice choice;
	@Mixin
	private TableChoice table;

	@Override
	public Integer call() throws Exception {
		var file = new Path(out);
		var wanted = choice.spec(java.nio.file.Path.of(file.getName()));
		var written = folderOf(file);
		var tables = table.folder(written);
		return ClusterJob.run(spec.commandLine(), "used", written, false, tables, job -> make(job, wanted, job.folder(tables).path(), spec.commandLine()
			.getOut()::println));
	}

	/** The folder of a file; that from which the command was given if it is a name only. */
	static String folderOf(Path file) {
		var folder = file.getParent();
		return folder == null || folder.toString().isEmpty() ? "." : folder.toString();
	}

	private void make(ClusterJob job, DataSetBuilder.Spec wanted, Path tables, Consumer<String> log) throws Exception {
		var from = job.folder(folder);
		// The folder would otherwise be taken for a class, or for a folder in one.
		if (job.written().isIn(from)) throw new IOException("Output folder " + job.written() + " is in the input folder, " + from +
			"; choose another output folder.");
		var set = new SetFiles(job.written(), wanted.file().toString());
		set.check(wanted.overwrite());
		var tasks = job.list(from, List.of(tables), Long.MAX_VALUE);
		var classes = Classes.of(from, tables);
		var selection = new Selection(wanted.size(), wanted.fit(), log);
		if (classes.loose() > 0) log.accept(ClassFolders.told(classes.loose(), folder));
		var work = new DatasetWork(from, job.written(), set.name(), tasks.name(), job.prefix(), classes, new ShardHeader(classes.names(), wanted
			.size(), folder, wanted.fit().toString()), wanted.fit());
		SetPlan plan;
		try (var shelf = job.shelf(tasks.ranges().size())) {
			var groups = new HashSet<String>();
			job.gather(job.context().parallelize(tasks.ranges(), tasks.ranges().size()).flatMap(work::collect), task -> tasks.ranges().get(task).lines(),
				(task, rows) -> {
					shelf.put(task, rows);
					rows.forEach(row -> groups.add(SceneRow.scene(row).group()));
				});
			plan = new SetPlan(selection, new ShardPlanner(classes.names().size(), wanted.validation().among(groups)));
			shelf.forEachTask(rows -> job.add(rows.stream().map(row -> plan.add(SceneRow.scene(row)) ? TableRow.copy(row) : row).toList()));
		}
		selection.check();
		selection.sumUp(classes.names(), plan::images, set.write(plan.end(), wanted.overwrite(), shards -> job.context().parallelize(shards, shards
			.size()).map(work::write).collect()));
	}
}
