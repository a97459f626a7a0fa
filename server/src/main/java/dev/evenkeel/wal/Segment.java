package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// One file of the log, and what must be released before it can go.
final class Segment {
  private static final String PREFIX = "log-";

  final long number;
  final long bytes;
  final String name;
  final Disk.File file;

  /// The newest slot of each group that has records here.
  private final Map<Long, Long> newestSlots = new HashMap<>();

  /// Where the next batch goes.
  long end = SegmentHeader.BYTES;

  Segment(SegmentHeader header, String name, Disk.File file) {
    this.number = header.number();
    this.bytes = header.segmentBytes();
    this.name = name;
    this.file = file;
  }

  static String fileName(long number) {
    return PREFIX + String.format(java.util.Locale.ROOT, "%016x", number);
  }

  static boolean isSegment(String fileName) {
    return fileName.startsWith(PREFIX);
  }

  /// @throws IOException when the name holds no number
  static long number(String fileName) throws IOException {
    try {
      return Long.parseUnsignedLong(fileName.substring(PREFIX.length()), 16);
    } catch (NumberFormatException e) {
      throw new IOException("log folder holds a foreign file " + fileName, e);
    }
  }

  long room() {
    return bytes - end;
  }

  void holds(long group, long slot) {
    newestSlots.merge(group, slot, Math::max);
  }

  /// @param released by group: every slot up to this is not needed any more
  boolean isReleased(Map<Long, Long> released) {
    return newestSlots.entrySet().stream()
        .allMatch(each -> each.getValue() <= released.getOrDefault(each.getKey(), 0L));
  }
}
