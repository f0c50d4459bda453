package io.github.densecolorize.command;

import java.awt.GraphicsEnvironment;

import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.log.LogService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.HTMLDialog;

import io.github.densecolorize.colorize.MethodsText;
import io.github.densecolorize.dialog.Form;

/**
 * Describes how a colorized image was made, in a paragraph for a paper. It is copied to the clipboard and shown; in a macro, and without a window, it
 * goes to the log.
 *
 * <pre>{@code
 * run("Methods Text", "image=[cells colorized]");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Colorize>Methods Text", headless = true, initializer = "checkImages",
	description = "Writes how a colorized image was made, in a paragraph for a paper.")
public class MethodsCommand extends ContextCommand implements Form {

	private static final String WANTED = "a colorized image";

	@Parameter(label = "Image", required = false, persist = false, description = "What was colorized by this plugin.")
	private ImagePlus image;

	@Parameter
	private LogService log;

	@Override
	public void run() {
		var attempt = new Attempt(this, log);
		attempt.run(() -> {
			OpenImages.require(image, WANTED);
			var text = MethodsText.of(image);
			var copied = GraphicsEnvironment.isHeadless() ? "" : Clipboard.copy(text);
			if (GraphicsEnvironment.isHeadless() || IJ.isMacro()) attempt.tell(text);
			else new HTMLDialog("Methods Text of " + image.getTitle(), "<html><body width=500>" + escaped(text).replace("\n", "<br>") + "<p><i>(" +
				copied + ")</i>", false);
		});
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

	@Override
	public String page() {
		return "meaning.md";
	}

	/** Called by SciJava before the dialog, so that nobody fills it in for nothing if there is no image. */
	@SuppressWarnings("unused")
	private void checkImages() {
		if (image == null) new Attempt(this, log).run(() -> OpenImages.requireAny(WANTED));
	}
}
