package io.github.densecolorize.spark;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import io.github.densecolorize.dataset.SourceImage.Reason;

/** A {@link Scene} on its way to the driver: a row of the table with more columns. */
final class SceneRow {

	static final String LABEL = "label", GROUP = "group";

	private static final String REASON = "reason", CONTENT = "content", SPOOL = "spool", OFFSET = "offset", LENGTHS = "lengths";

	static final StructType COLUMNS = RunTable.COLUMNS //
		.add(LABEL, DataTypes.IntegerType).add(GROUP, DataTypes.StringType).add(REASON, DataTypes.StringType).add(CONTENT, DataTypes.LongType) //
		.add(SPOOL, DataTypes.LongType).add(OFFSET, DataTypes.LongType).add(LENGTHS, DataTypes.createArrayType(DataTypes.IntegerType));

	private SceneRow() {}

	/** @param told the row that the table has for it */
	static Map<String, Object> of(Scene scene, Map<String, Object> told) {
		var row = new LinkedHashMap<>(told);
		row.put(LABEL, scene.label());
		row.put(GROUP, scene.group());
		if (scene.unusable() != null) row.put(REASON, scene.unusable().name());
		row.put(CONTENT, scene.content());
		row.put(SPOOL, scene.spool());
		row.put(OFFSET, scene.offset());
		row.put(LENGTHS, scene.lengths());
		return row;
	}

	static Scene scene(Row row) {
		int label = row.getAs(LABEL);
		var reason = row.<String>getAs(REASON);
		if (reason != null) return Scene.unusable(label, Reason.valueOf(reason));
		return new Scene(label, row.getAs(GROUP), null, row.getAs(RunTable.WIDTH), row.getAs(RunTable.HEIGHT), row.getAs(CONTENT), row.getAs(SPOOL), row.getAs(OFFSET), row
			.<Integer>getList(row.fieldIndex(LENGTHS)).stream().mapToInt(i -> i).toArray());
	}
}
