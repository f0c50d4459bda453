// Compares two models on the colour images of a folder: colorizes the lightness of each with both, and writes a CSV file with all measures,
// and one line of means: Info_loss and CIEDE2000 of both, and on how many images the first loses less.
#@ File (label = "Folder with colour images", style = "directory") folder
#@ File (label = "CSV file to write", style = "save") csv
#@ String (label = "First model", value = "microscopy") first
#@ String (label = "Second model") second

setBatchMode(true);
run("Clear Results");
models = newArray(first, second);
files = getFileList(folder);
images = 0;
wins = 0;
loss = newArray(2);
difference = newArray(2);
for (i = 0; i < files.length; i++) {
	if (matches(files[i], "(?i).*\\.(tiff?|png|jpe?g|gif|bmp)")) {
		open(folder + File.separator + files[i]);
		original = getTitle();
		for (m = 0; m < 2; m++) {
			run("Colorize (Dense Network)", "image=[" + original + "] model=[" + models[m] + "] mapping=[full range]");
			colorized = File.getNameWithoutExtension(original) + " colorized";
			run("Measure Info_loss", "original=[" + original + "] colorized=[" + colorized + "] method=[" + models[m] + "]");
			loss[m] += getResult("Info_loss", nResults - 1);
			difference[m] += getResult("CIEDE2000_mean", nResults - 1);
			selectImage(colorized);
			close();
		}
		if (getResult("Info_loss", nResults - 2) < getResult("Info_loss", nResults - 1)) wins++;
		images++;
		selectImage(original);
		close();
	}
}
saveAs("Results", csv);
summary = "" + images + " images; Info_loss " + first + " " + d2s(loss[0] / images, 3) + ", " + second + " " + d2s(loss[1] / images, 3) +
	"; CIEDE2000 " + d2s(difference[0] / images, 2) + ", " + d2s(difference[1] / images, 2) + "; " + first + " loses less on " + wins;
print(summary);
return summary;
