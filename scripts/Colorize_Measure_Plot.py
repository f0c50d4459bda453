# Colorizes the lightness of every colour image of a folder, measures how much colour information is lost, and plots it.
# Writes Info_loss.csv and Info_loss.tif (a plot that ImageJ can edit) to the output folder. Two models: "microscopy, other-model".
#@ CommandService command
#@ File (label = "Folder with colour images", style = "directory") folder
#@ File (label = "Output folder", style = "directory") output
#@ String (label = "Models, with commas between", value = "microscopy") models

import re

from ij import IJ, WindowManager
from ij.measure import ResultsTable
from java.io import File


def run(name, inputs):
    module = command.run("io.github.densecolorize.command." + name, True, inputs).get()
    if module.isCanceled():
        raise ValueError(module.getCancelReason())
    return module


results = ResultsTable.getResultsTable()
results.reset()
for name in sorted(folder.list()):
    if not re.match(r"(?i).*\.(tiff?|png|jpe?g|gif|bmp)$", name):
        continue
    original = IJ.openImage(File(folder, name).getPath())
    for model in models.split(","):
        colorized = run("ColorizeCommand", {"image": original, "model": model.strip(), "mapping": "full range"}).getOutput("colorized")
        run("MeasureCommand", {"original": original, "colorized": colorized})
        colorized.close()
results.save(File(output, "Info_loss.csv").getPath())
plot = run("PlotCommand", {"column": "Info_loss"}).getOutput("plot") or WindowManager.getImage("Info_loss")
IJ.saveAsTiff(plot, File(output, "Info_loss.tif").getPath())
