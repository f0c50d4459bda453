package io.github.densecolorize.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.jhdf.ObjectHeader.ObjectHeaderV2;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.Group;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.indexing.ChunkImpl;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndexWriter;
import io.jhdf.filter.DeflatePipelineFilter;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;

/**
 * The data set {@code /rgb} of a file that is being written. It has one chunk for each image; the chunks are compressed already and kept in a file.
 * jHDF's own data sets are arrays in memory, which would take ten times as much space as the images.
 */
final class ImageChunks extends WritableDatasetImpl {

	/**
	 * With more chunks than this the HDF5 library divides its index of chunks into pages; with larger pages it stays in one, and only that can jHDF
	 * write.
	 */
	private static final int USUAL_PAGE_BITS = 10;
	private static final int COPIED_AT_ONCE = 1 << 20;

	private final Path spool;
	private final int[] lengths;
	private final int side;

	/**
	 * @param spool file with the deflated images, one after the other
	 * @param lengths of the deflated images in bytes
	 * @param side of the images in pixels
	 */
	ImageChunks(Group parent, Path spool, int[] lengths, int side) {
		super(new byte[1][1][1][1], ColorDataSet.RGB, parent);
		this.spool = spool;
		this.lengths = lengths;
		this.side = side;
	}

	@Override
	public long write(HdfFileChannel out, long position) {
		var shape = new long[] { lengths.length, side, side, 3 };
		var chunkShape = new int[] { 1, side, side, 3, 1 };
		var messages = new ArrayList<Message>();
		messages.add(DataTypeMessage.create(DataType.fromObject(new byte[1], true)));
		messages.add(DataSpaceMessage.create(DataSpace.modifyDimensions(DataSpace.fromObject(new byte[1][1][1][1]), shape)));
		messages.add(FillValueMessage.NO_FILL);
		messages.add(FilterPipelineMessage.create(List.of(new FilterInfo(DeflatePipelineFilter.ID, "deflate", false, new int[] {
			ImageDeflater.LEVEL }))));
		// Its length does not depend on the address, which is known only when the images are written.
		messages.add(layout(-1, chunkShape));
		long start = position + new ObjectHeaderV2(position, messages).toBuffer().limit();
		try {
			long end = copy(out, start);
			long index = end;
			if (lengths.length > 1) {
				var chunks = new ArrayList<Chunk>();
				long address = start;
				for (int i = 0; i < lengths.length; address += lengths[i++])
					chunks.add(new ChunkImpl(address, lengths[i], new long[] { i, 0, 0, 0 }));
				var array = FixedArrayIndexWriter.createFixedArray(chunks, index, side * side * 3, true, pageBits());
				end += array.limit();
				write(out, array, index);
			}
			else index = start;
			messages.set(messages.size() - 1, layout(index, chunkShape));
			write(out, new ObjectHeaderV2(position, messages).toBuffer(), position);
			out.position(end);
			return end;
		}
		catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private ChunkedDataLayoutMessageV4 layout(long address, int[] chunkShape) {
		return lengths.length == 1 ? ChunkedDataLayoutMessageV4.createFilteredSingleChunk(address, chunkShape, lengths[0])
			: ChunkedDataLayoutMessageV4.createFixedArray(address, chunkShape, pageBits());
	}

	private int pageBits() {
		return Math.max(USUAL_PAGE_BITS, 32 - Integer.numberOfLeadingZeros(lengths.length - 1));
	}

	private long copy(HdfFileChannel out, long address) throws IOException {
		var buffer = ByteBuffer.allocateDirect(COPIED_AT_ONCE);
		long end = address;
		try (var in = FileChannel.open(spool)) {
			while (in.read(buffer) >= 0) {
				buffer.flip();
				end += buffer.remaining();
				write(out, buffer, end - buffer.remaining());
				buffer.clear();
			}
		}
		return end;
	}

	private static void write(HdfFileChannel out, ByteBuffer buffer, long address) {
		long at = address;
		while (buffer.hasRemaining())
			at += out.write(buffer, at);
	}
}
