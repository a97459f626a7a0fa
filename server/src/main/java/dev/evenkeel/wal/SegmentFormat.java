package dev.evenkeel.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The header block of a segment.
final class SegmentFormat {
  /// Unit of writing: what a device or a page cache writes as a whole at the least.
  static final int BLOCK_BYTES = 4096;

  static final int VERSION = 1;

  private static final long MAGIC = 0x45564b4c57414c0aL; // "EVKLWAL\n"
  private static final int CHECKSUM_AT = 12;
  private static final int FIELDS_AT = 16;
  private static final int FIELDS_END = 40;

  private SegmentFormat() {}

  /// Which life of which segment.
  ///
  /// @param salt drawn anew whenever a file becomes a segment
  /// @param bytes size of the segment, header block included
  record Identity(long number, long salt, int bytes) {}

  static ByteBuffer header(Identity identity) {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    block.putLong(0, MAGIC).putInt(8, VERSION);
    block.putLong(16, identity.number()).putLong(24, identity.salt()).putLong(32, identity.bytes());
    return block.putInt(CHECKSUM_AT, checksum(block));
  }

  /// @param block the file's first bytes; zeros where the file is shorter
  static Identity parse(String file, ByteBuffer block) throws IOException {
    if (block.getLong(0) != MAGIC) {
      throw new CorruptLogException(file, 0, "it does not begin as a segment does");
    }
    int version = block.getInt(8);
    if (checksum(block) != block.getInt(CHECKSUM_AT)) {
      throw new CorruptLogException(file, 0, "the checksum of its header does not match");
    }
    if (version != VERSION) {
      throw new IOException(
          file
              + " has version "
              + version
              + " of the log's format, this program knows version "
              + VERSION
              + ": start the version of the program that wrote it, or a newer one");
    }
    return new Identity(block.getLong(16), block.getLong(24), Math.toIntExact(block.getLong(32)));
  }

  static int checksum(ByteBuffer block) {
    CRC32C crc = new CRC32C();
    crc.update(block.slice(0, CHECKSUM_AT));
    crc.update(block.slice(FIELDS_AT, FIELDS_END - FIELDS_AT));
    return (int) crc.getValue();
  }

  /// The next multiple of the block size.
  static int blocks(int bytes) {
    return (bytes + BLOCK_BYTES - 1) & -BLOCK_BYTES;
  }
}
