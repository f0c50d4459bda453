// Colorizes what the viewer shows, or the rectangle around the selected object, and lays the colours over the image (C hides and shows them).
// For QuPath's script editor. Fiji does the work, as a program of its own, because QuPath may have loaded another version of PyTorch.
import java.awt.Rectangle
import java.nio.file.Files
import javafx.application.Platform
import javax.imageio.ImageIO
import qupath.lib.gui.viewer.overlays.BufferedImageOverlay
import qupath.lib.images.servers.TransformedServerBuilder
import qupath.lib.regions.RegionRequest

def fiji = new File("/path/to/Fiji") // with Dense Colorize installed
def options = ["--model", "microscopy", "--category", "auto"]
def channel = 1 // the gray one, of an image that is not RGB
def largest = 8192 // pixels a side

def viewer = getCurrentViewer()
def server = getCurrentServer()
if (server == null) throw new IllegalStateException("No image is open; open one first.")
if (!new File(fiji, "plugins").isDirectory())
	throw new IllegalArgumentException(fiji.path + " is no folder of Fiji; put yours into the line of this script that begins with \"def fiji\".")

def roi = getSelectedObject()?.getROI()
def shape = roi?.isArea() ? roi.getShape() : viewer.getDisplayedRegionShape()
def field = shape.getBounds().intersection(new Rectangle(server.getWidth(), server.getHeight()))
if (field.isEmpty()) throw new IllegalStateException("The viewer shows no part of the image; move the image into it.")
def gray = server.isRGB() ? server : new TransformedServerBuilder(server).extractChannels(channel - 1).build()
def downsample = [1d, viewer.getDownsampleFactor(), field.width / largest, field.height / largest].max()
def request = RegionRequest.createInstance(gray.getPath(), downsample, field.x as int, field.y as int, field.width as int, field.height as int,
	viewer.getZPosition(), viewer.getTPosition())

// Fiji's own Java, if it has one.
def javas = []
def brought = new File(fiji, "java")
if (brought.isDirectory()) brought.eachFileRecurse { if (it.name in ["java", "java.exe"] && it.parentFile.name == "bin") javas << it.path }
def jars = ["jars", "jars/pytorch", "plugins"].collect { new File(fiji, it + "/*").path }.join(File.pathSeparator)
def folder = Files.createTempDirectory("dense-colorize").toFile()
try {
	writeImageRegion(gray, request, new File(folder, "gray.tif").path)
	def command = [javas.max() ?: "java", "--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true", "-Dimagej.dir=" + fiji.absolutePath,
		"-cp", jars, "io.github.densecolorize.cli.Main", "colorize", "gray.tif", "-o", "colour.png"] + options
	def process = new ProcessBuilder(command*.toString()).directory(folder).redirectErrorStream(true).start()
	def said = process.inputStream.text
	if (process.waitFor() != 0) throw new IOException(said)
	def colours = ImageIO.read(new File(folder, "colour.png"))
	Platform.runLater {
		viewer.getOverlayOptions().setShowPixelClassification(true)
		viewer.setCustomPixelLayerOverlay(new BufferedImageOverlay(viewer, [(request): colours]))
	}
	println said + "Predicted colours, not measured."
}
finally {
	folder.deleteDir()
}
