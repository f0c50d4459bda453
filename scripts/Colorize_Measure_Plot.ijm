// Colorizes the lightness of every colour image of a folder, measures how much colour information is lost, and plots it.
// Writes Info_loss.csv and Info_loss.tif (a plot that ImageJ can edit) to the output folder. Two models: "microscopy, other-model".
#@ File (label = "Folder with colour images", style = "directory") folder
#@ File (label = "Output folder", style = "directory") output
#@ String (label = "Models, with commas between", value = "microscopy") models

setBatchMode(true);
run("Clear Results");
models = split(models, ",");
files = getFileList(folder);
for (i = 0; i < files.length; i++) {
	if (matches(files[i], "(?i).*\\.(tiff?|png|jpe?g|gif|bmp)")) {
		open(folder + File.separator + files[i]);
		original = getTitle();
		for (m = 0; m < models.length; m++) {
			run("Colorize (Dense Network)", "image=[" + original + "] model=[" + String.trim(models[m]) + "] mapping=[full range]");
			colorized = File.getNameWithoutExtension(original) + " colorized";
			run("Measure Info_loss", "original=[" + original + "] colorized=[" + colorized + "] base=2 histogram=separate");
			selectImage(colorized);
			close();
		}
		selectImage(original);
		close();
	}
}
saveAs("Results", output + File.separator + "Info_loss.csv");
run("Plot Info_loss", "column=Info_loss");
selectImage("Info_loss");
saveAs("Tiff", output + File.separator + "Info_loss.tif");
