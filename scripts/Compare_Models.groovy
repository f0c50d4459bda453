// Compares two models on the colour images of a folder: colorizes the lightness of each with both, and writes a CSV file with all measures,
// and one line of means: Info_loss and CIEDE2000 of both, and on how many images the first loses less.
#@ CommandService command
#@ File (label = "Folder with colour images", style = "directory") folder
#@ File (label = "CSV file to write", style = "save") csv
#@ String (label = "First model", value = "microscopy") first
#@ String (label = "Second model") second
#@output String summary

import ij.IJ
import ij.measure.ResultsTable

run = { name, inputs ->
	def module = command.run("io.github.densecolorize.command." + name, true, inputs).get()
	if (module.isCanceled()) throw new IllegalArgumentException(module.getCancelReason())
	module
}
results = ResultsTable.getResultsTable()
results.reset()
folder.listFiles().findAll { it.name ==~ /(?i).*\.(tiff?|png|jpe?g|gif|bmp)/ }.sort().each { file ->
	def original = IJ.openImage(file.path)
	[first, second].each { model ->
		def colorized = run("ColorizeCommand", [image: original, model: model, mapping: "full range"]).getOutput("colorized")
		run("MeasureCommand", [original: original, colorized: colorized, method: model])
		colorized.close()
	}
}
results.save(csv.path)
pairs = results.getColumn("Info_loss").toList().collate(2)
differences = results.getColumn("CIEDE2000_mean").toList().collate(2)
mean = { values, i -> values.sum { it[i] } / values.size() }
summary = String.format(Locale.ROOT, "%d images; Info_loss %s %.3f, %s %.3f; CIEDE2000 %.2f, %.2f; %s loses less on %d", pairs.size(), first,
	mean(pairs, 0), second, mean(pairs, 1), mean(differences, 0), mean(differences, 1), first, pairs.count { it[0] < it[1] })
