package io.github.densecolorize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code docs/comparison/run}, of trainings and measurements that are there already: the program that makes them can't be called. */
public class ComparisonPageTest {

	@TempDir
	static Path classes;
	private static Method program;

	@TempDir
	private Path out;

	@BeforeAll
	static void compile() throws ReflectiveOperationException, IOException {
		assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d", classes.toString(), "docs/comparison/Comparison.java"));
		program = new URLClassLoader(new URL[] { classes.toUri().toURL() }).loadClass("Comparison").getMethod("compare", String[].class);
	}

	/** Two seeds of the first two networks, one of the third; two images. */
	@BeforeEach
	void writeResults() throws IOException {
		write("data.done", "");
		for (var run : new String[] { "compact-1", "compact-2", "residual-1", "residual-2", "unet-1" }) {
			write("models/" + run + "/training.csv", "epoch,step,minutes,learning_rate,colour_loss,class_loss,validation_colour_loss,validation_images,ab_rmse,class_accuracy,best\n" +
				"1,50,1,0.002,1,1,0.3,8,12,0.5,1\n2,100,2.5,0.001,1,1,0.4,8,13,0.6,0\n");
			write("models/" + run + "/model.json", "{}");
			Files.setLastModifiedTime(out.resolve("models/" + run + "/model.json"), FileTime.fromMillis(0));
		}
		write("page/images.csv", "image,class,method,ab_rmse,psnr,ciede2000,colourfulness,colourfulness_original,inen,info_loss,ssim,class_found\n" + //
			"\"a, b.png\",c,gray,16,20,10,0,40,0,9,0.9,\n" + "\"a, b.png\",c,compact-1,12,24,8,20,40,6,3,0.95,1\n" + "2.png,c,gray,14,22,10,0,20,0,8,0.8,\n" +
			"2.png,c,compact-1,10,26,6,16,20,6,1,0.85,0\n" + "2.png,c,residual-1,10,26,6,16,20,6,4,0.85,0\n");
		var tests = "model,other,images,wins,mean_difference,standard_deviation,p_t,p_wilcoxon,p_holm\n";
		write("page/images-tests.csv", tests + "compact-1,residual-1,2,1,-0.5000,0.7000,0.01,0.02,0.04\ncompact-1,unet-1,2,0,0.5,0.7,0.01,0.03,0.05\n");
		write("page/seed-2.csv", "image,method,info_loss\n1.png,compact-2,3\n1.png,residual-2,4\n");
		write("page/seed-2-tests.csv", tests + "compact-2,residual-2,2,2,-1,0.1,0.01,0.06,0.06\n");
		for (var preset : new String[] { "compact", "residual", "unet" }) {
			write("benchmark-" + preset + ".csv", "name,value\nweights,412000.0000\noperations_per_pixel,330000.0000\nmpixel_per_s_512_scale_1,0.2500\n");
			for (int hints = 0; hints <= 10; hints += 10)
				write("hints-" + preset + "-" + hints + ".csv", "class,images,psnr,ab_rmse_mean\nc,2,1,1\nall,2," + (24 + hints) + ",9\n");
		}
	}

	private void write(String name, String text) throws IOException {
		var file = out.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private void compare(String... more) throws Exception {
		var line = new String[] { "no such program", "--", "train", "test", out.toString(), "--presets", "compact,residual,unet", "--seeds", "2", "--rates", "0.002",
			"--epochs", "2", "--hints", "0,10" };
		var all = Arrays.copyOf(line, line.length + more.length);
		System.arraycopy(more, 0, all, line.length, more.length);
		try {
			program.invoke(null, (Object) all);
		}
		catch (InvocationTargetException e) {
			throw (Exception) e.getCause();
		}
	}

	@Test
	public void thePageHasWhatWasMeasured() throws Exception {
		compare();
		var page = Files.readString(out.resolve("page/README.md"));
		assertTrue(page.contains("same order, for 100 steps of 16 crops (2 epochs), and measured once on 2 images"), page);
		// Means over both images; colourfulness is the ratio of the means, 18 of 30.
		assertTrue(page.contains("| `compact` | 2.000 | 25.00 | 0.9000 | 7.00 | 0.60 | 11.00 | 0.500 |"), page);
		assertTrue(page.contains("| gray | 8.500 | 21.00 | 0.8500 | 10.00 | 0.00 | 15.00 |  |"), page);
		assertTrue(page.contains("| `compact-1` | `residual-1` | 1 of 2 | -0.5000 | 0.7000 | 0.02 | 0.04 |"), page);
		// 2 and 3: mean 2.5, standard deviation 1 / sqrt 2.
		assertTrue(page.contains("| 1 | 2.000 | 4.000 | 1 of 2 | 0.02 |\n| 2 | 3.000 | 4.000 | 2 of 2 | 0.06 |\n| mean ± standard deviation | 2.500 ± 0.707 | 4.000 ± 0.000 |"),
			page);
		assertTrue(page.contains("| `unet` | 0.412 | 0.330 | 0.25 | 150 | 0.002 |"), page);
		assertTrue(page.contains("| `compact` | 24.00 | 34.00 |\n| `unet` | 24.00 | 34.00 |"), page);
		assertEquals("unet-1,unet,1,0.002,2,100,150,0.3,12,0.5", Files.readAllLines(out.resolve("page/runs.csv")).get(5));
		assertEquals("unet,10,34,9", Files.readAllLines(out.resolve("page/hints.csv")).get(4));
		assertTrue(Files.readString(out.resolve("page/hints.svg")).contains(">10</text>"));
	}

	/** A model that is newer than what was measured, and one whose training was stopped, are worked on again. */
	@Test
	public void whatIsMissingIsMade() throws Exception {
		var model = out.resolve("models/unet-1/model.json");
		Files.setLastModifiedTime(model, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
		assertTrue(assertThrows(IOException.class, () -> compare()).getMessage().contains("no such program"));
		Files.setLastModifiedTime(model, FileTime.fromMillis(0));
		write("models/residual-2.checkpoint.npz", "");
		assertTrue(assertThrows(IOException.class, () -> compare()).getMessage().contains("no such program"));
		Files.delete(out.resolve("models/residual-2.checkpoint.npz"));
		compare();
	}

	@Test
	public void trainingsOfAnotherKindAreNotMixed() throws Exception {
		compare();
		var message = assertThrows(IllegalStateException.class, () -> compare("--epochs", "20")).getMessage();
		assertTrue(message.contains("was begun with --epochs 2 --rates 0.002 --probe 2 --batch 16 --size 64 --fit tiles --scale 0.5, this is --epochs 20 "), message);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> compare("--steps", "9")).getMessage().startsWith("--steps is no option"));
	}
}
