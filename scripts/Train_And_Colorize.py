# Makes a data set of a folder of colour images, trains a model on it, and colorizes an image with that model.
# The data set lies beside the folder, the model in ImageJ's models folder, where Colorize (Dense Network) finds it by its name, and the
# result beside the image.
#@ CommandService command
#@ File (label = "Folder with a subfolder of colour images for each class", style = "directory") folder
#@ String (label = "Name of the new model", value = "my-stain") model
#@ Integer (label = "Epochs", value = 50) epochs
#@ File (label = "Gray image or stack to colorize") image

from ij import IJ
from java.io import File


def run(name, inputs):
    module = command.run("io.github.densecolorize.command." + name, True, inputs).get()
    if module.isCanceled():
        raise ValueError(module.getCancelReason())
    return module


data = File(folder.getPath() + ".h5")
run("BuildDataSetCommand", {"folder": folder, "file": data})
run("TrainCommand", {"data": data, "model": model, "epochs": epochs})
colorized = run("ColorizeCommand", {"image": IJ.openImage(image.getPath()), "model": model}).getOutput("colorized")
IJ.saveAsTiff(colorized, File(image.getParent(), colorized.getTitle()).getPath())
