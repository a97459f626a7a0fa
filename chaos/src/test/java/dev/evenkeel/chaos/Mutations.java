package dev.evenkeel.chaos;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mutations of one item by its only writer, in their order. A mutation is the value that it
/// left; the empty one is a removal. After a mutation of which nobody knows whether it happened the
/// item is left alone, so it is the last.
final class Mutations {
  private final List<String> acknowledged = new ArrayList<>();
  private @Nullable String unknown;

  /// What the item holds, as long as that is certain.
  String value() {
    return acknowledged.isEmpty() ? "" : acknowledged.getLast();
  }

  int size() {
    return acknowledged.size();
  }

  boolean isCertain() {
    return unknown == null;
  }

  void happened(String value) {
    acknowledged.add(value);
  }

  void mayHaveHappened(String value) {
    unknown = value;
  }

  /// Whether these are all of them, each once, in their order.
  boolean areExactly(List<String> found) {
    if (found.equals(acknowledged)) {
      return true;
    }
    return unknown != null
        && found.size() == acknowledged.size() + 1
        && found.getLast().equals(unknown)
        && found.subList(0, acknowledged.size()).equals(acknowledged);
  }

  @Override
  public String toString() {
    return acknowledged + (unknown == null ? "" : " and perhaps '" + unknown + "'");
  }
}
