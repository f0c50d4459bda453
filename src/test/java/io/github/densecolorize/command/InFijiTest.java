package io.github.densecolorize.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.app.StatusService;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.event.EventService;
import org.scijava.log.LogService;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;
import org.scijava.task.TaskService;

import io.github.densecolorize.TinyDataSet;
import io.github.densecolorize.TinyModel;
import io.github.densecolorize.colorize.Models;

/**
 * What every command of the menu must keep to, since Fiji does not do it: SciJava's commands remember values, ask for what a macro leaves
 * out, check nothing, are silent without a window, and let a macro go on after a failure.
 */
public class InFijiTest {

	private static final Path SOURCES = Path.of("src/main/java/io/github/densecolorize/command");

	@TempDir
	private Path folder;
	private Context context;
	private final List<String> log = new ArrayList<>();

	@BeforeEach
	void open() throws IOException {
		context = new Context(CommandService.class, TaskService.class, StatusService.class, LogService.class, EventService.class,
			RegisteredChoices.class);
		context.service(LogService.class).addLogListener(message -> log.add(message.text()));
		System.setProperty(Models.FOLDER_PROPERTY, folder.resolve("models").toString());
		TinyModel.write(Files.createDirectory(folder.resolve("models")), "tiny", "he");
	}

	@AfterEach
	void close() {
		context.dispose();
		System.clearProperty(Models.FOLDER_PROPERTY);
		MacroBridge.clearResults();
	}

	/** As the menu finds them. */
	private List<CommandInfo> commands() {
		var found = context.service(CommandService.class).getCommands().stream().filter(info -> info.getClassName().startsWith(getClass()
			.getPackageName())).toList();
		assertEquals(12, found.size());
		return found;
	}

	private static List<ModuleItem<?>> options(CommandInfo command) {
		return StreamSupport.stream(command.inputs().spliterator(), false).filter(i -> i.getType() != Context.class && !Service.class
			.isAssignableFrom(i.getType())).<ModuleItem<?>>map(i -> i).toList();
	}

	@Test
	public void allAreInOneMenuAndRunWithoutAWindow() {
		for (var command : commands()) {
			assertTrue(command.getMenuPath().getMenuString().startsWith("Plugins > Colorize > "), command.getTitle());
			assertTrue(command.canRunHeadless(), command.getTitle());
		}
	}

	/** For lists of commands, such as SciJava's Find Commands: one sentence, of a length that a line holds. */
	@Test
	public void everyCommandSaysWhatItDoes() {
		for (var command : commands())
			assertTrue(String.valueOf(command.getDescription()).matches("[A-Z][^.]{20,90}\\."), command.getTitle() + ": " + command.getDescription());
	}

	/** A remembered value beats the default, and comes from macros too. */
	@Test
	public void nothingIsRemembered() {
		for (var command : commands())
			for (var option : options(command))
				assertFalse(option.isPersisted(), command.getTitle() + ": " + option.getName());
	}

	/** Recorded in lower case, read back by the field's name. */
	@Test
	public void keysDifferInLowerCase() {
		for (var command : commands()) {
			var keys = new HashSet<String>();
			for (var option : options(command))
				assertTrue(keys.add(option.getName().toLowerCase(Locale.ROOT)), command.getTitle() + ": " + option.getName());
		}
	}

	/** Without it the dialog has no Cancel button, and a reason is lost. */
	@Test
	public void everyCommandCanBeCancelled() throws ClassNotFoundException {
		for (var command : commands())
			assertTrue(Cancelable.class.isAssignableFrom(Class.forName(command.getClassName())), command.getTitle());
	}

	/** A second context would be a second ImageJ, and a command that calls another one stops the recorder. */
	@Test
	public void noCommandMakesAContextOrCallsAnother() throws IOException {
		assertEquals(List.of(), sourcesWith("new Context(", "IJ.run(", "IJ.runMacro("));
	}

	/** The Console opens over the user's work for anything on stderr; one place may say errors there, without a window. */
	@Test
	public void nothingOpensTheConsole() throws IOException {
		assertEquals(List.of("Attempt.java"), sourcesWith("System.err", "printStackTrace", ".warn(", "log.error("));
	}

	private static List<String> sourcesWith(String... texts) throws IOException {
		var names = new TreeSet<String>();
		try (var files = Files.list(SOURCES)) {
			for (var file : files.toList()) {
				var code = Files.readString(file);
				if (Stream.of(texts).anyMatch(code::contains)) names.add(file.getFileName().toString());
			}
		}
		return List.copyOf(names);
	}

	/** Each choice of each command, given a value that is none of it: the macro ends, and the log has the value and all that are allowed. */
	@Test
	public void everyChoiceIsCheckedAndEndsTheMacro() throws IOException, ReflectiveOperationException {
		var data = TinyDataSet.write(folder.resolve("stains.h5"), 5, 16);
		Files.createDirectory(folder.resolve("in"));
		var complete = Map.of("Colorize (Dense Network)", "image=x model=tiny", "Colorize: All Classes", "image=x model=tiny", "Colorize Folder", "inputfolder=[" + folder + "/in] outputfolder=[" + folder +
			"/out] model=tiny", "Train Colorizer", "data=[" + data + "] model=[" + folder + "/new] batch=2 patch=8", "Build Colorizer Data Set",
			"folder=[" + folder + "/in] file=[" + folder + "/new.h5]", "Measure Info_loss", "original=x colorized=x");
		int checked = 0;
		for (var command : commands())
			for (var option : options(command)) {
				if (option.getChoices() == null || option.getChoices().isEmpty()) continue;
				log.clear();
				var name = command.getMenuPath().getLeaf().getName();
				var went = MacroBridge.run(context, "newImage('x', '8-bit ramp', 32, 32, 1); run('" + name + "', '" + complete.getOrDefault(name,
					"") + " " + option.getName().toLowerCase(Locale.ROOT) + "=nonexistent'); return 'went on';");
				assertFalse("went on".equals(went), name + " accepts " + option.getName());
				var said = String.join("\n", log);
				assertTrue(said.contains("\"nonexistent\""), name + ", " + option.getName() + ": " + said);
				for (var choice : option.getChoices())
					assertTrue(said.contains(choice.toString()), name + ", " + option.getName() + " does not offer " + choice + ": " + said);
				checked++;
			}
		assertEquals(24, checked);
	}

	/** Where there is no image, Fiji says something in the window and nothing without one. */
	@Test
	public void withoutAnImageTheLogSaysWhatIsNeeded() throws ReflectiveOperationException {
		for (var name : List.of("Colorize (Dense Network)", "Measure Info_loss", "Montage of Colorization", "Colorize: All Classes",
			"Methods Text"))
		{
			log.clear();
			assertFalse("went on".equals(MacroBridge.run(context, "run('" + name + "', ''); return 'went on';")), name);
			assertTrue(String.join("\n", log).contains("open"), name + ": " + log);
		}
	}

	/** What the recorder writes, all keys with their defaults, repeats a run that gave none. */
	@Test
	public void theRecordersLineRepeatsTheRun() throws ReflectiveOperationException {
		var command = commands().stream().filter(c -> c.getTitle().startsWith("Colorize (Dense")).findFirst().orElseThrow();
		var line = new StringBuilder();
		var defaults = new ColorizeCommand();
		for (var option : options(command)) {
			if (option.getName().equals("image") || option.getName().equals("model") || option.getVisibility() == ItemVisibility.MESSAGE) continue;
			var field = ColorizeCommand.class.getDeclaredField(option.getName());
			field.setAccessible(true);
			line.append(' ').append(option.getName().toLowerCase(Locale.ROOT)).append("=[").append(field.get(defaults)).append(']');
		}
		var sum = "; selectImage('x colorized'); s = 0; for (i = 0; i < 32; i++) s += getPixel(i, i); return '' + s;";
		var made = "newImage('x', '8-bit ramp', 32, 32, 1); run('Colorize (Dense Network)', 'image=x model=tiny";
		assertEquals(MacroBridge.run(context, made + "')" + sum), MacroBridge.run(context, made + line + "')" + sum));
	}
}
