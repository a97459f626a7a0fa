package dev.evenkeel.model;

import java.util.List;

/// What a storage replica must know of a table to keep its items and local index entries.
///
/// @param id unique for ever, also after the table is gone; never 0
/// @param name as the caller knows it
/// @param keys the primary key
/// @param localIndexes by number
public record TableSchema(long id, String name, KeySchema keys, List<LocalIndex> localIndexes) {
  public TableSchema {
    localIndexes = List.copyOf(localIndexes);
  }

  /// The keys of its indexes.
  public List<KeySchema> indexKeys() {
    return localIndexes.stream().map(LocalIndex::keys).toList();
  }
}
