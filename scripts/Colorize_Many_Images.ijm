// Colorizes all images of a folder and the folders in it. What was done before is skipped, so that a stopped run goes on.
#@ File (label = "Folder with gray images", style = "directory") input
#@ File (label = "Output folder", style = "directory") output
#@ String (label = "Model", value = "microscopy") model

run("Colorize Folder", "inputfolder=[" + input + "] outputfolder=[" + output + "] model=[" + model + "]");
