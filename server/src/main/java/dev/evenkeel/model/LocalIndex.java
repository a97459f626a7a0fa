package dev.evenkeel.model;

import java.util.List;

/// A local secondary index: the table's partition key with another sort key.
///
/// @param name unique in its table
/// @param number its place in the stored keys, 1–5; never changes
/// @param keys partition key of the table, own sort key
/// @param projection which attributes an entry holds besides the keys
/// @param nonKeyAttributes for [Projection#INCLUDE], the names; else empty
public record LocalIndex(
    String name, int number, KeySchema keys, Projection projection, List<String> nonKeyAttributes) {
  /// What an index entry holds besides the keys of table and index.
  public enum Projection {
    ALL,
    KEYS_ONLY,
    INCLUDE
  }

  public LocalIndex {
    nonKeyAttributes = List.copyOf(nonKeyAttributes);
  }
}
