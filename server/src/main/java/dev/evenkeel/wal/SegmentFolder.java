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
