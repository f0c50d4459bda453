# Colorizes an image or a stack. The result is a new image; the gray one stays as it is.
#@ CommandService command
#@ ImagePlus image
#@ String (label = "Model", value = "microscopy") model
#@ String (label = "Category, or auto", value = "auto") category
#@output ImagePlus colorized

module = command.run("io.github.densecolorize.command.ColorizeCommand", True, {"image": image, "model": model, "category": category}).get()
if module.isCanceled():
    raise ValueError(module.getCancelReason())
colorized = module.getOutput("colorized")
