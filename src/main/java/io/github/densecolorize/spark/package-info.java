/** The jobs of the command line over folders on many machines, with Apache Spark; in a jar of its own. */
package io.github.densecolorize.spark;
