import ij.ImagePlus;
import ij.plugin.PlugIn;
import ij.process.ByteProcessor;

/**
 * As the class of this name in Fiji, which ImageJ looks for: an image that a file is opened into, of no size if it can't be. Knows files whose
 * names begin with "for-fiji".
 */
public class HandleExtraFileTypes extends ImagePlus implements PlugIn {

	@Override
	public void run(String path) {
		if (!path.matches(".*[/\\\\]for-fiji[^/\\\\]*")) return;
		var ip = new ByteProcessor(7, 5);
		ip.set(3, 2, 99);
		setProcessor("by Fiji", ip);
	}
}
