package io.github.densecolorize.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

public class ProcessorTest {

	@Test
	public void linuxTellsNameFamilyAndModel() {
		assertEquals("AMD EPYC, family 26, model 2", Processor.name("""
			processor	: 0
			vendor_id	: AuthenticAMD
			cpu family	: 26
			model		: 2
			model name	: AMD EPYC

			processor	: 1
			cpu family	: 6
			"""));
	}

	/** On ARM there is no such line. */
	@Test
	public void otherwiseItIsWhatJavaKnows() {
		assertEquals(System.getProperty("os.arch"), Processor.name("processor\t: 0\nBogoMIPS\t: 50.00\n"));
	}
}
