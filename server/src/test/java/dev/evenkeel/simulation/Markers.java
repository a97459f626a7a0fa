package dev.evenkeel.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Marks that writes carry, and which of them the disks hold.
public final class Markers {
  private static final String PREFIX = "~w";
  private static final int DIGITS = 10;

  private final Map<Long, Integer> durableSince = new TreeMap<>();

  /// A bit for each disk that holds the marker.
  private final Map<Long, Long> holders = new TreeMap<>();

  private final int copies;
  private long next;
  private int syncs;

  /// @param copies on so many disks a marker counts as durable
  public Markers(int copies) {
    this.copies = copies;
  }

  /// A string that no write carried before.
  public String create() {
    return text(next++);
  }

  private static String text(long number) {
    String digits = Long.toString(number);
    return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
  }

  /// Whether bytes with that marker were synced at any time, on as many disks as it takes.
  public boolean isDurable(String marker) {
    return Long.bitCount(holders.getOrDefault(number(marker), 0L)) >= copies;
  }

  /// Markers first synced with at least `least` and at most `most` other such syncs since, in
  /// order.
  public List<String> syncedAgo(int least, int most) {
    return durableSince.entrySet().stream()
        .filter(entry -> syncs - entry.getValue() >= least && syncs - entry.getValue() <= most)
        .map(entry -> text(entry.getKey()))
        .toList();
  }

  void synced(int disk, byte[] bytes) {
    boolean found = false;
    for (int at = 0; at + PREFIX.length() + DIGITS <= bytes.length; at++) {
      if (bytes[at] == '~' && bytes[at + 1] == 'w') {
        long number = digits(bytes, at + PREFIX.length());
        if (number >= 0) {
          holders.merge(number, 1L << disk, (before, bit) -> before | bit);
          found |= durableSince.putIfAbsent(number, syncs + 1) == null;
        }
      }
    }
    if (found) {
      syncs++;
    }
  }

  private static long digits(byte[] bytes, int from) {
    for (int at = from; at < from + DIGITS; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return -1;
      }
    }
    return Long.parseLong(new String(bytes, from, DIGITS, US_ASCII));
  }

  private static long number(String marker) {
    return Long.parseLong(marker.substring(PREFIX.length()));
  }
}
