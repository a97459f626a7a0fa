package dev.evenkeel.model;

import java.util.List;
import java.util.regex.Pattern;

/// What a storage replica must know of a table to keep its items and local index entries.
///
/// @param id unique for ever, also after the table is gone; never 0
/// @param name as the caller knows it
/// @param keys the primary key
/// @param localIndexes by number
public record TableSchema(long id, String name, KeySchema keys, List<LocalIndex> localIndexes) {
  private static final Pattern NAME =
      Pattern.compile(
          "[a-zA-Z0-9_.-]{"
              + Limits.TABLE_NAME_CHARS_MIN
              + ","
              + Limits.TABLE_NAME_CHARS_MAX
              + "}");

  public TableSchema {
    localIndexes = List.copyOf(localIndexes);
  }

  /// Whether a table may be called so.
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// The keys of its indexes.
  public List<KeySchema> indexKeys() {
    return localIndexes.stream().map(LocalIndex::keys).toList();
  }
}
