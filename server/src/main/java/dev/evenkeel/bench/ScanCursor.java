package dev.evenkeel.bench;

import org.jspecify.annotations.Nullable;

/// Where a connection stands in its segment of a Scan of the whole table.
final class ScanCursor {
  private static final String LAST_KEY = "\"LastEvaluatedKey\":";
  private static final String SCANNED = "\"ScannedCount\":";

  private final int segment;
  private final int segments;
  private @Nullable String startKey;
  private boolean done;

  ScanCursor(int segment, int segments) {
    this.segment = segment;
    this.segments = segments;
  }

  /// The request for the next page.
  byte[] request(RequestFactory factory) {
    return factory.scanPage(segment, segments, startKey);
  }

  /// Whether the segment has been read to its end.
  boolean isDone() {
    return done;
  }

  /// Moves on past a page; returns how many items it held.
  long advance(String page) {
    startKey = lastKey(page);
    done = startKey == null;
    return scanned(page);
  }

  /// Gives the segment up: a page of it was refused.
  void abandon() {
    done = true;
  }

  private static long scanned(String page) {
    int at = page.lastIndexOf(SCANNED);
    long items = 0;
    for (int i = at + SCANNED.length(); at >= 0 && i < page.length(); i++) {
      if (Character.isDigit(page.charAt(i))) {
        items = items * 10 + page.charAt(i) - '0';
      } else if (!Character.isWhitespace(page.charAt(i))) {
        break;
      }
    }
    return items;
  }

  /// The key to go on from, as JSON, or null after the last page.
  private static @Nullable String lastKey(String page) {
    int at = page.lastIndexOf(LAST_KEY);
    if (at < 0) {
      return null;
    }
    int from = page.indexOf('{', at);
    int depth = 0;
    for (int i = from; i < page.length(); i++) {
      depth += page.charAt(i) == '{' ? 1 : page.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return page.substring(from, i + 1);
      }
    }
    return null;
  }
}
