// Colorizes the lightness of every colour image of a folder, measures how much colour information is lost, and plots it.
// Writes Info_loss.csv and Info_loss.tif (a plot that ImageJ can edit) to the output folder. Two models: "microscopy, other-model".
#@ CommandService command
#@ File (label = "Folder with colour images", style = "directory") folder
#@ File (label = "Output folder", style = "directory") output
#@ String (label = "Models, with commas between", value = "microscopy") models

import ij.IJ
import ij.WindowManager
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
	models.split(",").each { model ->
		def colorized = run("ColorizeCommand", [image: original, model: model.trim(), mapping: "full range"]).getOutput("colorized")
		run("MeasureCommand", [original: original, colorized: colorized])
		colorized.close()
	}
}
results.save(new File(output, "Info_loss.csv").path)
plot = run("PlotCommand", [column: "Info_loss"]).getOutput("plot") ?: WindowManager.getImage("Info_loss")
IJ.saveAsTiff(plot, new File(output, "Info_loss.tif").path)
