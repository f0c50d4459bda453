// Measures every colour image of a folder and writes one CSV file, a row for each slice.
// "name colorized.tif" beside "name.tif" (or .png, .jpg, ...) is compared with it; an image without one is measured alone.
#@ File (label = "Folder with images", style = "directory") folder
#@ File (label = "CSV file to write", style = "save") csv

setBatchMode(true);
run("Clear Results");
files = getFileList(folder);
for (i = 0; i < files.length; i++) {
	if (matches(files[i], "(?i).*\\.(tiff?|png|jpe?g|gif|bmp)") && !endsWith(files[i], " colorized.tif")) {
		open(folder + File.separator + files[i]);
		original = getTitle();
		result = folder + File.separator + File.getNameWithoutExtension(files[i]) + " colorized.tif";
		if (File.exists(result)) {
			open(result);
			colorized = getTitle();
			run("Measure Info_loss", "original=[" + original + "] colorized=[" + colorized + "] base=2 histogram=separate");
			selectImage(colorized);
			close();
		} else {
			run("Measure Info_loss", "original=[" + original + "] base=2 histogram=separate");
		}
		selectImage(original);
		close();
	}
}
saveAs("Results", csv);
