// Colorizes the active image or stack. The result is a new image; the gray one stays as it is.
#@ String (label = "Model", value = "microscopy") model
#@ String (label = "Category, or auto", value = "auto") category

gray = getTitle();
run("Colorize (Dense Network)", "image=[" + gray + "] model=[" + model + "] category=[" + category + "]");
selectImage(File.getNameWithoutExtension(gray) + " colorized");
