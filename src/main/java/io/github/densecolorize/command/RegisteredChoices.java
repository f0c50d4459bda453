package io.github.densecolorize.command;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

import io.github.densecolorize.net.Loss;
import io.github.densecolorize.net.Preset;
import io.github.densecolorize.train.Start;

/**
 * Fills the dialog of {@link TrainCommand} with the presets and losses that are installed. SciJava takes a command's choices from annotations, which
 * are constants; a {@code DynamicCommand} could change them, but scripts that run one by its class get no result from SciJava.
 */
@Plugin(type = Service.class)
public final class RegisteredChoices extends AbstractService implements SciJavaService {

	/** Values of an option, and how it is explained. */
	private record Offer(List<String> choices, String description) {

		static Offer presets() {
			var all = Preset.all();
			return new Offer(all.stream().map(Preset::name).toList(), "Size of the network: " + all.stream().map(Preset::label).collect(Collectors
				.joining(", ")) + ".");
		}

		static Offer losses() {
			var all = Loss.all();
			return new Offer(Stream.concat(Stream.of(Start.AUTO), all.stream().map(Loss::name)).toList(), "How an error of the colours counts: " + Start.AUTO +
				" (that of the preset, or of the model to fine-tune), " + all.stream().map(Loss::label).collect(Collectors.joining(
					", ")) + ".");
		}
	}

	/** For the options with these names. */
	private static final Map<String, Supplier<Offer>> OFFERS = Map.of("preset", Offer::presets, "loss", Offer::losses);

	@Parameter
	private PluginService plugins;

	// Declared here so that it is created before this service.
	@Parameter
	private CommandService commands;

	@Override
	public void initialize() {
		var plain = plugins.getPlugin(TrainCommand.class, Command.class);
		if (plain == null) return;
		plugins.removePlugin(plain);
		plugins.addPlugin(new Info(plain));
	}

	/** SciJava's description of the command, with the choices filled in. */
	private static final class Info extends CommandInfo {

		Info(PluginInfo<Command> plain) {
			super(plain);
		}

		@Override
		public CommandModuleItem<?> getInput(String name) {
			return withChoices(super.getInput(name));
		}

		@Override
		public Iterable<ModuleItem<?>> inputs() {
			var inputs = new ArrayList<ModuleItem<?>>();
			super.inputs().forEach(input -> inputs.add(withChoices((CommandModuleItem<?>) input)));
			return inputs;
		}

		private CommandModuleItem<?> withChoices(CommandModuleItem<?> input) {
			if (input == null || !OFFERS.containsKey(input.getName())) return input;
			return new Item(this, input.getField(), OFFERS.get(input.getName()).get());
		}
	}

	private static final class Item extends CommandModuleItem<String> {

		private final Offer offer;

		Item(CommandInfo info, Field field, Offer offer) {
			super(info, field);
			this.offer = offer;
		}

		@Override
		public List<String> getChoices() {
			return offer.choices;
		}

		@Override
		public String getDescription() {
			return offer.description;
		}
	}
}
