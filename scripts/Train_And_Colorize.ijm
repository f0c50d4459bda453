// Makes a data set of a folder of colour images, trains a model on it, and colorizes an image with that model.
// The data set lies beside the folder, the model in ImageJ's models folder, where Colorize (Dense Network) finds it by its name, and the
// result beside the image.
#@ File (label = "Folder with a subfolder of colour images for each class", style = "directory") folder
#@ String (label = "Name of the new model", value = "my-stain") model
#@ Integer (label = "Epochs", value = 50) epochs
#@ File (label = "Gray image or stack to colorize") image

data = folder + ".h5";
run("Build Colorizer Data Set", "folder=[" + folder + "] file=[" + data + "] size=128 fit=crop");
run("Train Colorizer", "data=[" + data + "] model=[" + model + "] epochs=" + epochs);
open(image);
run("Colorize (Dense Network)", "image=[" + getTitle() + "] model=[" + model + "]");
selectImage(File.getNameWithoutExtension(image) + " colorized");
saveAs("Tiff", File.getDirectory(image) + getTitle());
