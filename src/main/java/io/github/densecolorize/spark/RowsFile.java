package io.github.densecolorize.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes rows of the table into a Parquet file. */
final class RowsFile {

	private RowsFile() {}

	/**
	 * @param rows of which the columns of the table are written
	 * @param file to write, or to replace
	 */
	static void write(List<Map<String, Object>> rows, Path file) throws IOException {
		try (var writer = new Builder(file).withWriteMode(ParquetFileWriter.Mode.OVERWRITE).withCompressionCodec(CompressionCodecName.SNAPPY).build()) {
			for (var row : rows)
				writer.write(row);
		}
	}

	private static final class Builder extends ParquetWriter.Builder<Map<String, Object>, Builder> {

		Builder(Path file) {
			super(new LocalOutputFile(file));
		}

		@Override
		protected Builder self() {
			return this;
		}

		@Override
		protected WriteSupport<Map<String, Object>> getWriteSupport(Configuration hadoop) {
			return new Support();
		}
	}

	private static final class Support extends WriteSupport<Map<String, Object>> {

		private RecordConsumer out;

		@Override
		public WriteContext init(Configuration hadoop) {
			return new WriteContext(TableRow.COLUMNS, Map.of());
		}

		@Override
		public void prepareForWrite(RecordConsumer consumer) {
			out = consumer;
		}

		@Override
		public void write(Map<String, Object> row) {
			out.startMessage();
			for (int i = 0; i < TableRow.COLUMNS.getFieldCount(); i++) {
				var name = TableRow.COLUMNS.getFieldName(i);
				var value = row.get(name);
				if (value == null) continue;
				out.startField(name, i);
				add(value);
				out.endField(name, i);
			}
			out.endMessage();
		}

		private void add(Object value) {
			if (value instanceof Integer number) out.addInteger(number);
			else if (value instanceof Long number) out.addLong(number);
			else if (value instanceof Double number) out.addDouble(number);
			else out.addBinary(Binary.fromString(value.toString()));
		}
	}
}
