package dev.evenkeel.model;

import dev.evenkeel.model.KeySchema.KeyAttribute;
import java.util.ArrayList;
import java.util.List;

/// A global secondary index: entries of a table's items under other keys, in partitions of its own.
///
/// @param name unique in its table
/// @param id of its partitions and of what they store: a number from the same row as tables' ids
/// @param keys under what its entries are
/// @param projection which attributes an entry holds besides the keys of table and index
/// @param nonKeyAttributes for `INCLUDE`, the names; else empty
public record GlobalIndex(
    String name,
    long id,
    Keys keys,
    LocalIndex.Projection projection,
    List<String> nonKeyAttributes) {
  public GlobalIndex {
    nonKeyAttributes = List.copyOf(nonKeyAttributes);
  }

  /// @param partition the attributes that make its partition key, 1–4
  /// @param sort the attributes that make its sort key, 0–4
  /// @param table the primary key of its table, by which entries of the same key are told apart
  public record Keys(List<KeyAttribute> partition, List<KeyAttribute> sort, KeySchema table) {
    public Keys {
      partition = List.copyOf(partition);
      sort = List.copyOf(sort);
    }

    /// The attributes of its key: partition key, then sort key.
    public List<KeyAttribute> own() {
      List<KeyAttribute> own = new ArrayList<>(partition);
      own.addAll(sort);
      return own;
    }
  }
}
