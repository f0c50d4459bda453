package io.github.densecolorize.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.protobuf.UnsafeByteOperations;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

import io.github.densecolorize.net.Filter;
import io.github.densecolorize.net.Norm;
import io.github.densecolorize.net.Operations;

/**
 * Writes operations as a graph of the Open Neural Network Exchange (onnx.ai). Arrays are the names of values of the graph, of 32-bit numbers unless
 * something else is said.
 */
final class OnnxGraph implements Operations<String> {

	/** The version of the operators: the last one that the runtimes of JDLL and deepImageJ know. */
	static final int OPSET = 17;
	/** The version of the file format that came with it. */
	private static final int IR = 8;
	/** For Slice: as far as it goes. */
	private static final long BEGIN = Long.MIN_VALUE;
	private static final int ROWS = 2, COLUMNS = 3;

	private final GraphProto.Builder graph = GraphProto.newBuilder();
	private int made;

	/** @param name of the network */
	OnnxGraph(String name) {
		graph.setName(name);
	}

	/** @param shape numbers, or names for sides of any length */
	String input(String name, Object... shape) {
		graph.addInput(value(name, shape));
		return name;
	}

	void output(String name, String x, Object... shape) {
		graph.addNode(NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(x).addOutput(name));
		graph.addOutput(value(name, shape));
	}

	private static ValueInfoProto value(String name, Object... shape) {
		var sides = TensorShapeProto.newBuilder();
		for (var side : shape)
			sides.addDim(side instanceof String text ? TensorShapeProto.Dimension.newBuilder().setDimParam(text) : TensorShapeProto.Dimension.newBuilder()
				.setDimValue(((Number) side).longValue()));
		return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(
			TensorProto.DataType.FLOAT.getNumber()).setShape(sides))).build();
	}

	/** @param facts about the model, for programs that show them */
	ModelProto model(String version, String doc, Map<String, String> facts) {
		var model = ModelProto.newBuilder().setIrVersion(IR).setProducerName("Dense Colorize").setProducerVersion(version).setDocString(doc)
			.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET)).setGraph(graph);
		facts.forEach((key, fact) -> model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(fact)));
		return model.build();
	}

	@Override
	public String convolution(Filter filter, String x) {
		long side = filter.side(), border = side / 2;
		return node("Conv", List.of(integers("kernel_shape", side, side), integers("pads", border, border, border, border)), x, floats(filter
			.weights(), filter.out(), filter.in(), side, side), floats(filter.bias(), filter.out()));
	}

	@Override
	public String linear(Filter filter, String x) {
		return node("Gemm", List.of(integer("transB", 1)), x, floats(filter.weights(), filter.out(), filter.in()), floats(filter.bias(), filter
			.out()));
	}

	@Override
	public String normalized(Norm norm, String x) {
		return node("Add", List.of(), node("Mul", List.of(), x, ofMaps(norm.scale())), ofMaps(norm.shift()));
	}

	private String ofMaps(double[] numbers) {
		return floats(numbers, 1, numbers.length, 1, 1);
	}

	@Override
	public String relu(String x) {
		return node("Relu", List.of(), x);
	}

	@Override
	public String joined(String x, String y) {
		return joined(1, x, y);
	}

	private String joined(int axis, String... parts) {
		return node("Concat", List.of(integer("axis", axis)), parts);
	}

	@Override
	public String sum(String x, String y) {
		return node("Add", List.of(), x, y);
	}

	@Override
	public String sumOfMaps(String x, String numbers) {
		return sum(x, node("Unsqueeze", List.of(), numbers, longs(ROWS, COLUMNS)));
	}

	@Override
	public String halved(String x) {
		return node("MaxPool", List.of(integers("kernel_shape", 2, 2), integers("strides", 2, 2)), x);
	}

	@Override
	public String mean(String x) {
		return flat(node("GlobalAveragePool", List.of(), x));
	}

	@Override
	public String flat(String x) {
		return node("Flatten", List.of(), x);
	}

	/** Softmax of (N, classes). */
	String probabilities(String x) {
		return node("Softmax", List.of(integer("axis", 1)), x);
	}

	/** factor · x + summand, of all numbers. */
	String scaled(String x, double factor, double summand) {
		return node("Add", List.of(), node("Mul", List.of(), x, floats(new double[] { factor })), floats(new double[] { summand }));
	}

	/**
	 * (1, 1, H, W) to (1, 1, side, side), each number the mean of a part weighted by a triangle, as the antialiased Resize of later operator sets
	 * does it.
	 */
	String resized(String x, int side) {
		var columns = node("Transpose", List.of(integers("perm", 1, 0)), triangles(x, COLUMNS, side));
		return node("MatMul", List.of(), node("MatMul", List.of(), triangles(x, ROWS, side), x), columns);
	}

	/** (side, length of the axis): how much of each number is in each number of the smaller axis. */
	private String triangles(String x, int axis, int side) {
		var length = node("Squeeze", List.of(), node("Shape", List.of(integer("start", axis), integer("end", axis + 1)), x));
		var count = node("Cast", List.of(integer("to", TensorProto.DataType.FLOAT.getNumber())), length);
		var one = floats(new double[] { 1 });
		var step = node("Div", List.of(), count, floats(new double[] { side }));
		var middles = new double[side];
		Arrays.setAll(middles, i -> i + 0.5);
		// Numbers lie in the middle of their interval.
		var centres = scaled(node("Mul", List.of(), floats(middles, side, 1), step), 1, -0.5);
		var places = node("Range", List.of(), floats(new double[] { 0 }), count, one);
		var distances = node("Abs", List.of(), node("Sub", List.of(), places, centres));
		var shares = relu(node("Sub", List.of(), one, node("Div", List.of(), distances, node("Max", List.of(), step, one))));
		return node("Div", List.of(), shares, node("ReduceSum", List.of(), shares, longs(1)));
	}

	/** Continues an image outside as its mirror image, the border pixel repeated; H and W must not be less than the border. */
	String mirrored(String x, int border) {
		return border == 0 ? x : mirrored(mirrored(x, border, ROWS), border, COLUMNS);
	}

	private String mirrored(String x, int border, int axis) {
		return joined(axis, slice(x, border - 1, BEGIN, axis, -1), x, slice(x, -1, -border - 1, axis, -1));
	}

	/** Without a border. */
	String cropped(String x, int border) {
		return border == 0 ? x : slice(slice(x, border, -border, ROWS, 1), border, -border, COLUMNS, 1);
	}

	private String slice(String x, long from, long to, int axis, int step) {
		return node("Slice", List.of(), x, longs(from), longs(to), longs(axis), longs(step));
	}

	/** A constant of 32-bit numbers; a single one if no shape is given. */
	String floats(double[] values, long... shape) {
		var bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
		for (double value : values)
			bytes.putFloat((float) value);
		return constant(TensorProto.DataType.FLOAT, bytes, shape);
	}

	private String longs(long... values) {
		var bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
		for (long value : values)
			bytes.putLong(value);
		return constant(TensorProto.DataType.INT64, bytes, values.length);
	}

	private String constant(TensorProto.DataType type, ByteBuffer bytes, long... shape) {
		var name = "constant" + ++made;
		graph.addInitializer(TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).addAllDims(Arrays.stream(shape).boxed().toList())
			.setRawData(UnsafeByteOperations.unsafeWrap(bytes.flip())));
		return name;
	}

	private String node(String operator, List<AttributeProto> attributes, String... inputs) {
		var name = operator.toLowerCase(Locale.ROOT) + ++made;
		graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(name).addAllInput(List.of(inputs)).addOutput(name)
			.addAllAttribute(attributes));
		return name;
	}

	private static AttributeProto integer(String name, long value) {
		return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
	}

	private static AttributeProto integers(String name, long... values) {
		return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS).addAllInts(Arrays.stream(values).boxed().toList())
			.build();
	}
}
