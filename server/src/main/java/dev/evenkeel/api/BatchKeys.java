package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.TableSchema;
import java.util.HashSet;
import java.util.Set;

/// The items that one batch names: each once, whether its table is given by name or by ARN.
final class BatchKeys {
  private record Item(long table, ItemKeys.Key key) {}

  private final Set<Item> items = new HashSet<>();

  /// @throws ApiException a ValidationException, when the batch has the item already
  void add(TableSchema table, ItemKeys.Key key) {
    if (!items.add(new Item(table.id(), key))) {
      throw ApiException.validation("Provided list of item keys contains duplicates");
    }
  }
}
