package io.github.densecolorize.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;

import ij.IJ;
import ij.ImagePlus;

public class QuestionsTest {

	/** A restaurant: the dishes depend on the kitchen. */
	public static final class Order implements Command, Form {

		@Parameter
		private ImagePlus photo;
		@Parameter(label = "Spice (spoons)", min = "0", max = "10", stepSize = "0.1")
		private double spice = 0;
		@Parameter(label = "Kitchen")
		private String kitchen = "greek";
		@Parameter(label = "Dish")
		private String dish = "moussaka";
		@Parameter(label = "Plates", min = "1")
		private int plates = 1;
		@Parameter(label = "Sauce", choices = { "red", "white" })
		private String sauce = "white";
		@Parameter(label = "Size")
		private int size = 0;
		@Parameter(label = "Bill", required = false)
		private File bill;
		@Parameter(visibility = ItemVisibility.MESSAGE, required = false)
		private String message = "Welcome";
		@Parameter(type = ItemIO.OUTPUT)
		private String served;

		@Override
		public String page() {
			return "none.md";
		}

		@Override
		public List<Option> options(String input) {
			return switch (input) {
				case "kitchen" -> List.of(Option.of("greek", "By the sea."), Option.of("thai"));
				case "dish" -> kitchen.equals("greek") ? List.of(Option.of("moussaka"), Option.of("soup")) : List.of(Option.of("curry"), Option.of("soup"));
				case "size" -> List.of(new Option(3, "small", ""), new Option(5, "large", ""));
				default -> List.of();
			};
		}

		@Override
		public Set<String> folded() {
			return Set.of("spice", "nothing of this name");
		}

		@Override
		public Map<String, String> zeros() {
			return Map.of("spice", "none");
		}

		@Override
		public Map<String, Object> presets() {
			return Map.of("sauce", "red", "nothing of this name", 1);
		}

		@Override
		public void check(String input) throws IOException {
			if (input.equals("dish") && dish.equals("stone")) throw new IOException("A stone is no dish.");
			if (input.equals(ALL) && plates > 100) throw new IllegalArgumentException("We have 100 plates.");
		}

		@Override
		public void run() {}
	}

	private CommandModule module;
	private Questions questions;

	@BeforeEach
	void ask() throws ModuleException {
		module = new CommandModule(new CommandInfo(Order.class));
		module.setInput("photo", IJ.createImage("photo", "8-bit ramp", 4, 4, 1));
		module.resolveInput("photo");
		questions = new Questions(module);
	}

	@AfterEach
	void noImageIsLeft() {
		assertNull(ij.WindowManager.getIDList());
	}

	private ModuleItem<?> item(String name) {
		return module.getInfo().getInput(name);
	}

	private void type(String name, String text) {
		questions.type(item(name), text);
	}

	private String text(String name) {
		return questions.text(item(name));
	}

	/** What is given, messages and results are not asked for; what is folded away comes last. */
	@Test
	public void order() {
		assertEquals(List.of("kitchen", "dish", "plates", "sauce", "size", "bill", "spice"), questions.asked().stream().map(ModuleItem::getName).toList());
		assertTrue(questions.isFolded(item("spice")));
		assertFalse(questions.isFolded(item("dish")));
	}

	@Test
	public void presetsReplaceDefaults() {
		assertEquals("red", module.getInput("sauce"));
	}

	/** A list can't show a value that it does not have, unless another one may be typed. */
	@Test
	public void aListBeginsWithOneOfItsOptions() {
		assertEquals(3, module.getInput("size"));
		assertEquals("small", text("size"));
		assertEquals(List.of("red", "white"), questions.options(item("sauce")).stream().map(Option::text).toList());
	}

	@Test
	public void optionsFollowOtherValues() {
		assertEquals("moussaka", text("dish"));
		type("kitchen", "thai");
		assertEquals(List.of(item("dish")), questions.refresh());
		assertEquals("curry", module.getInput("dish"));
		assertEquals(List.of("curry", "soup"), questions.options(item("dish")).stream().map(Option::text).toList());
		assertEquals(List.of(), questions.refresh());
	}

	/** What is in both lists stays, and so does what is in none, as the user has typed it. */
	@ParameterizedTest
	@CsvSource({ "soup", "bread" })
	public void whatWasTypedStays(String dish) {
		type("dish", dish);
		type("kitchen", "thai");
		questions.refresh();
		assertEquals(dish, module.getInput("dish"));
	}

	@Test
	public void anOptionIsTypedInUpperOrLowerCase() {
		type("kitchen", " Thai ");
		assertEquals("thai", module.getInput("kitchen"));
		assertEquals("", questions.note(item("kitchen")));
		type("kitchen", "GREEK");
		assertEquals("By the sea.", questions.note(item("kitchen")));
		type("size", "large");
		assertEquals(5, module.getInput("size"));
	}

	@Test
	public void aWordStandsForZero() {
		assertEquals("none", text("spice"));
		type("spice", "0.5");
		assertEquals(0.5, module.getInput("spice"));
		assertEquals("0.5", text("spice"));
		type("spice", "None");
		assertEquals(0.0, module.getInput("spice"));
	}

	@ParameterizedTest
	@CsvSource({ "spice, much, 'Spice is \"much\"; must be \"none\" or a number from 0.0 to 10.0.'",
		"spice, 11, 'Spice is \"11\"; must be \"none\" or a number from 0.0 to 10.0.'", "plates, 0, 'Plates is \"0\"; must be a whole number, 1 or more.'",
		"plates, 1.5, 'Plates is \"1.5\"; must be a whole number, 1 or more.'", "plates, '', 'Plates is \"\"; must be a whole number, 1 or more.'" })
	public void whatIsNoNumberIsAProblem(String name, String typed, String sentence) {
		var before = module.getInput(name);
		type(name, typed);
		assertEquals(Optional.of(new Questions.Problem(name, sentence)), questions.problem());
		assertEquals(before, module.getInput(name));
		type(name, "2");
		assertEquals(Optional.empty(), questions.problem());
	}

	@Test
	public void stepsEndAtTheBounds() {
		assertEquals("0.1", questions.step(item("spice"), 1));
		assertNull(questions.step(item("spice"), -1));
		type("spice", "0.2");
		// In binary numbers 0.2 + 0.1 is 0.30000000000000004.
		assertEquals("0.3", questions.step(item("spice"), 1));
		assertEquals("2", questions.step(item("plates"), 1));
	}

	/** The first problem in the order of the dialog; a number that is none comes before the check. */
	@Test
	public void theCommandChecks() {
		type("spice", "much");
		type("plates", "101");
		type("dish", "stone");
		assertEquals(Optional.of(new Questions.Problem("dish", "A stone is no dish.")), questions.problem());
		type("dish", "soup");
		assertEquals("spice", questions.problem().orElseThrow().input());
		type("spice", "1");
		assertEquals(Optional.of(new Questions.Problem(Form.ALL, "We have 100 plates.")), questions.problem());
	}

	@Test
	public void files() {
		assertEquals("", text("bill"));
		type("bill", "/tmp/bill");
		assertEquals(new File("/tmp/bill"), module.getInput("bill"));
		type("bill", "");
		assertNull(module.getInput("bill"));
		assertTrue(questions.isPath(item("bill")));
		assertFalse(questions.isPath(item("dish")));
	}

	@Test
	public void nothingIsAskedForAfterwards() {
		questions.resolve();
		for (var input : module.getInfo().inputs())
			assertTrue(module.isInputResolved(input.getName()), input.getName());
	}

	@Test
	public void itEndsWithItsImage() {
		assertTrue(questions.isAbout((ImagePlus) module.getInput("photo")));
		assertFalse(questions.isAbout(IJ.createImage("another", "8-bit ramp", 4, 4, 1)));
	}

	@Test
	public void theListShowsWhatHasTheTypedLetters() {
		var options = List.of(Option.of("pap-smear"), Option.of("he"), Option.of("PAS"));
		assertEquals(List.of("pap-smear", "PAS"), SearchField.matching(options, "pa").stream().map(Option::text).toList());
		assertEquals(3, SearchField.matching(options, "").size());
		assertEquals(0, SearchField.matching(options, "xy").size());
	}
}
