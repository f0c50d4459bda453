/** Models as ONNX files, for programs that know nothing of this one. */
package io.github.densecolorize.onnx;
