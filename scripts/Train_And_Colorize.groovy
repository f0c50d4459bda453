// Makes a data set of a folder of colour images, trains a model on it, and colorizes an image with that model.
// The data set lies beside the folder, the model in ImageJ's models folder, where Colorize (Dense Network) finds it by its name, and the
// result beside the image.
#@ CommandService command
#@ File (label = "Folder with a subfolder of colour images for each class", style = "directory") folder
#@ String (label = "Name of the new model", value = "my-stain") model
#@ Integer (label = "Epochs", value = 50) epochs
#@ File (label = "Gray image or stack to colorize") image

import ij.IJ

run = { name, inputs ->
	def module = command.run("io.github.densecolorize.command." + name, true, inputs).get()
	if (module.isCanceled()) throw new IllegalArgumentException(module.getCancelReason())
	module
}
data = new File(folder.path + ".h5")
run("BuildDataSetCommand", [folder: folder, file: data])
run("TrainCommand", [data: data, model: model, epochs: epochs])
colorized = run("ColorizeCommand", [image: IJ.openImage(image.path), model: model]).getOutput("colorized")
IJ.saveAsTiff(colorized, new File(image.parent, colorized.title).path)
