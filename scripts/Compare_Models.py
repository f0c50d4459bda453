# Compares two models on the colour images of a folder: colorizes the lightness of each with both, and writes a CSV file with all measures,
# and one line of means: Info_loss and CIEDE2000 of both, and on how many images the first loses less.
#@ CommandService command
#@ File (label = "Folder with colour images", style = "directory") folder
#@ File (label = "CSV file to write", style = "save") csv
#@ String (label = "First model", value = "microscopy") first
#@ String (label = "Second model") second
#@output String summary

import re

from ij import IJ
from ij.measure import ResultsTable
from java.io import File


def run(name, inputs):
    module = command.run("io.github.densecolorize.command." + name, True, inputs).get()
    if module.isCanceled():
        raise ValueError(module.getCancelReason())
    return module


def means(column):
    values = list(results.getColumn(column))
    return sum(values[0::2]) / len(values[0::2]), sum(values[1::2]) / len(values[1::2])


results = ResultsTable.getResultsTable()
results.reset()
for name in sorted(folder.list()):
    if not re.match(r"(?i).*\.(tiff?|png|jpe?g|gif|bmp)$", name):
        continue
    original = IJ.openImage(File(folder, name).getPath())
    for model in [first, second]:
        colorized = run("ColorizeCommand", {"image": original, "model": model, "mapping": "full range"}).getOutput("colorized")
        run("MeasureCommand", {"original": original, "colorized": colorized, "method": model})
        colorized.close()
results.save(csv.getPath())
losses = list(results.getColumn("Info_loss"))
wins = sum(1 for a, b in zip(losses[0::2], losses[1::2]) if a < b)
summary = "%d images; Info_loss %s %.3f, %s %.3f; CIEDE2000 %.2f, %.2f; %s loses less on %d" % (
    (len(losses) // 2, first, means("Info_loss")[0], second, means("Info_loss")[1]) + means("CIEDE2000_mean") + (first, wins))
