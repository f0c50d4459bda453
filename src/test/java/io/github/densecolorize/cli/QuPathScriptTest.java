package io.github.densecolorize.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import groovy.lang.Binding;
import groovy.lang.Closure;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyShell;

import io.github.densecolorize.TinyModel;

/** The script for QuPath, with stand-ins for QuPath and a Fiji that has nothing but this program. */
@DisabledOnOs(OS.WINDOWS)
public class QuPathScriptTest {

	/** As much of QuPath's classes and JavaFX as the script uses. */
	private static final String[] STANDINS = {
		"package javafx.application; class Platform { static void runLater(Runnable work) { work.run() } }",
		"""
			package qupath.lib.regions
			class RegionRequest {
				List place
				static createInstance(String path, double downsample, int x, int y, int width, int height, int z, int t) {
					new RegionRequest(place: [path, downsample, x, y, width, height, z, t])
				}
			}""",
		"""
			package qupath.lib.images.servers
			class TransformedServerBuilder {
				def server
				TransformedServerBuilder(server) { this.server = server }
				def extractChannels(int... channels) { server.path += " channel " + channels[0]; this }
				def build() { server }
			}""",
		"""
			package qupath.lib.gui.viewer.overlays
			class BufferedImageOverlay {
				Map images
				BufferedImageOverlay(viewer, Map images) { this.images = images }
			}""" };

	@TempDir
	private Path folder;
	private Path fiji;
	private final Viewer viewer = new Viewer();
	private final Server server = new Server();
	/** Of the selected object. */
	private Shape selected;
	private Object written;

	/** A slide of 200 by 150 pixels. */
	public static final class Server {

		public String path = "slide";

		public String getPath() {
			return path;
		}

		public int getWidth() {
			return 200;
		}

		public int getHeight() {
			return 150;
		}

		public boolean isRGB() {
			return false;
		}
	}

	/** Shows the lower right corner, half as large as it is. */
	public static final class Viewer {

		private Object overlay;
		private boolean shown;

		public Shape getDisplayedRegionShape() {
			return new Rectangle(120, 90, 1000, 1000);
		}

		public double getDownsampleFactor() {
			return 2;
		}

		public int getZPosition() {
			return 3;
		}

		public int getTPosition() {
			return 1;
		}

		public Viewer getOverlayOptions() {
			return this;
		}

		public void setShowPixelClassification(boolean show) {
			shown = show;
		}

		public void setCustomPixelLayerOverlay(Object overlay) {
			this.overlay = overlay;
		}
	}

	@BeforeEach
	void makeFiji() throws IOException {
		fiji = folder.resolve("Fiji");
		for (var name : new String[] { "jars", "plugins", "java/linux64/jdk/bin" })
			Files.createDirectories(fiji.resolve(name));
		var java = Files.writeString(fiji.resolve("java/linux64/jdk/bin/java"), "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin/java") +
			"' \"$@\"\n");
		assertTrue(java.toFile().setExecutable(true));
		var manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(
			path -> new File(path).toURI().toString()).collect(Collectors.joining(" ")));
		new JarOutputStream(Files.newOutputStream(fiji.resolve("plugins/dense-colorize.jar")), manifest).close();
		TinyModel.write(Files.createDirectory(fiji.resolve("models")), "tiny", "he", "pas");
	}

	private void run(String category, int largest) throws IOException {
		var text = Files.readString(Path.of("scripts/qupath/Colorize_in_QuPath.groovy")).replace("/path/to/Fiji", fiji.toString()).replace(
			"\"microscopy\"", "\"tiny\"").replace("\"auto\"", "\"" + category + "\"").replace("= 8192", "= " + largest);
		var withoutJavaFx = new ClassLoader(getClass().getClassLoader()) {
			@Override
			protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
				if (name.startsWith("javafx.")) throw new ClassNotFoundException(name);
				return super.loadClass(name, resolve);
			}
		};
		try (var loader = new GroovyClassLoader(withoutJavaFx)) {
			for (var standin : STANDINS)
				loader.parseClass(standin);
			var binding = new Binding(Map.of("getCurrentViewer", closure(arguments -> viewer), "getCurrentServer", closure(arguments -> server),
				"getSelectedObject", closure(arguments -> selected == null ? null : Map.of("getROI", closure(none -> Map.of("isArea", closure(
					nothing -> true), "getShape", closure(nothing -> selected))))), "writeImageRegion", closure(this::write)));
			new GroovyShell(loader, binding).evaluate(text);
		}
	}

	@FunctionalInterface
	private interface Work {
		Object of(Object... arguments) throws IOException;
	}

	private static Closure<Object> closure(Work work) {
		return new Closure<>(null) {
			@Override
			public Object call(Object... arguments) {
				try {
					return work.of(arguments);
				}
				catch (IOException e) {
					throw new IllegalStateException(e);
				}
			}
		};
	}

	/** What QuPath writes; a copy stays. */
	private Object write(Object... arguments) throws IOException {
		assertEquals(server, arguments[0]);
		written = place(arguments[1]);
		var file = Path.of((String) arguments[2]);
		Shell.grayStack(file, 40, 30, 1);
		Files.copy(file, folder.resolve("gray.tif"));
		return null;
	}

	private static String place(Object request) {
		return String.valueOf(new GroovyShell(new Binding(Map.of("request", request))).evaluate("request.place"));
	}

	private static int[] pixels(BufferedImage image) {
		return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
	}

	/** The colours are those of the command, and lie where the gray pixels were. */
	@Test
	public void whatIsShownIsColorized() throws IOException {
		run("pas", 8192);
		assertTrue(viewer.shown);
		@SuppressWarnings("unchecked")
		var images = (Map<Object, BufferedImage>) new GroovyShell(new Binding(Map.of("overlay", viewer.overlay))).evaluate("overlay.images");
		var place = images.keySet().iterator().next();
		assertEquals("[slide channel 0, 2.0, 120, 90, 80, 60, 3, 1]", place(place));
		assertEquals(place(place), written);
		var expected = folder.resolve("expected.png");
		var done = Shell.run("colorize", folder.resolve("gray.tif"), "-o", expected, "--model", fiji.resolve("models/tiny"), "--category", "pas");
		assertEquals(0, done.status(), done.err());
		assertArrayEquals(pixels(ImageIO.read(expected.toFile())), pixels(images.get(place)));
	}

	@Test
	public void whatFailsIsSaid() throws IOException {
		selected = new Rectangle(10, 20, 40, 30);
		assertEquals("Category is \"hee\" (did you mean he?); model tiny has auto, he, pas.", assertThrows(IOException.class, () -> run("hee", 10)).getMessage()
			.strip());
		assertNull(viewer.overlay);
		// The selected object, with 10 pixels a side at most.
		assertEquals("[slide channel 0, 4.0, 10, 20, 40, 30, 3, 1]", written);
		fiji = folder.resolve("elsewhere");
		assertEquals(fiji + " is no folder of Fiji; put yours into the line of this script that begins with \"def fiji\".", assertThrows(
			IllegalArgumentException.class, () -> run("he", 10)).getMessage());
	}
}
