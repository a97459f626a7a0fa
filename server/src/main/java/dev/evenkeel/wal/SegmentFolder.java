package dev.evenkeel.wal;

import dev.evenkeel.environment.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The log's folder and the names in it.
record SegmentFolder(Disk disk, String folder) {
  private static final String SEGMENT = "segment-";
  private static final String SPARE = "spare-";
  private static final String UNFINISHED = "unfinished-";
  private static final String RANGE = "range-";
  private static final String END = ".log";
  private static final int DIGITS = 16;

  String segment(long number) {
    return name(SEGMENT, number);
  }

  String spare(long number) {
    return name(SPARE, number);
  }

  String unfinished(long number) {
    return name(UNFINISHED, number);
  }

  String range(SegmentRange.Bounds bounds) {
    HexFormat hex = HexFormat.of();
    return folder
        + "/"
        + RANGE
        + hex.toHexDigits(bounds.first(), DIGITS)
        + "-"
        + hex.toHexDigits(bounds.last(), DIGITS)
        + END;
  }

  List<SegmentRange.Bounds> ranges() throws IOException {
    List<SegmentRange.Bounds> ranges = new ArrayList<>();
    for (String name : disk.list(folder)) {
      int second = RANGE.length() + DIGITS + 1;
      if (name.startsWith(RANGE) && name.length() == second + DIGITS + END.length()) {
        ranges.add(
            new SegmentRange.Bounds(
                HexFormat.fromHexDigitsToLong(name, RANGE.length(), second - 1),
                HexFormat.fromHexDigitsToLong(name, second, second + DIGITS)));
      }
    }
    return ranges;
  }

  /// Numbers of the segments, ascending.
  List<Long> segments() throws IOException {
    return numbers(SEGMENT);
  }

  List<Long> spares() throws IOException {
    return numbers(SPARE);
  }

  List<Long> unfinished() throws IOException {
    return numbers(UNFINISHED);
  }

  /// Renames, durably on return.
  void rename(String from, String to) throws IOException {
    disk.rename(from, to);
    sync();
  }

  /// Makes the names in it durable.
  void sync() throws IOException {
    disk.syncFolder(folder);
  }

  private String name(String prefix, long number) {
    return folder + "/" + prefix + HexFormat.of().toHexDigits(number, DIGITS) + END;
  }

  private List<Long> numbers(String prefix) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (String name : disk.list(folder)) {
      int digits = name.length() - prefix.length() - END.length();
      if (name.startsWith(prefix) && name.endsWith(END) && digits == DIGITS) {
        numbers.add(HexFormat.fromHexDigitsToLong(name, prefix.length(), prefix.length() + DIGITS));
      }
    }
    return numbers.stream().sorted().toList();
  }
}
