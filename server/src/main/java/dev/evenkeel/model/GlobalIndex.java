package dev.evenkeel.model;

import dev.evenkeel.model.KeySchema.KeyAttribute;
import java.util.ArrayList;
import java.util.List;

/// A global secondary index: entries of a table's items under other keys, in partitions of its own.
///
/// @param name unique in its table
/// @param id of its partitions and of what they store: a number from the same row as tables' ids
/// @param partition the attributes that make its partition key, 1–4
/// @param sort the attributes that make its sort key, 0–4
/// @param projection which attributes an entry holds besides the keys of table and index
/// @param nonKeyAttributes for `INCLUDE`, the names; else empty
public record GlobalIndex(
    String name,
    long id,
    List<KeyAttribute> partition,
    List<KeyAttribute> sort,
    LocalIndex.Projection projection,
    List<String> nonKeyAttributes) {
  public GlobalIndex {
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
    nonKeyAttributes = List.copyOf(nonKeyAttributes);
  }

  /// The attributes of its key: partition key, then sort key.
  public List<KeyAttribute> keys() {
    List<KeyAttribute> keys = new ArrayList<>(partition);
    keys.addAll(sort);
    return keys;
  }
}
