package dev.evenkeel.wal;

/// What must be there of a log that is opened.
public enum Expected {
  /// Nothing: it may be new, or one whose first life died early.
  NOTHING,
  /// A segment: a version that kept no range began it.
  SEGMENT,
  /// Its range, and every segment in that.
  RANGE
}
