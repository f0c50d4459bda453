// Colorizes all images of a folder and the folders in it. What was done before is skipped, so that a stopped run goes on.
#@ CommandService command
#@ File (label = "Folder with gray images", style = "directory") input
#@ File (label = "Output folder", style = "directory") output
#@ String (label = "Model", value = "microscopy") model

module = command.run("io.github.densecolorize.command.ColorizeFolderCommand", true, [inputFolder: input, outputFolder: output,
	model: model]).get()
if (module.isCanceled()) throw new IllegalArgumentException(module.getCancelReason())
