package dev.evenkeel.api;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.WriteOutcome.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The items of one transaction, each once, and what is wrong with those whose keys do not fit: AWS
/// tells that as a reason for which the transaction is cancelled.
final class TransactionKeys {
  private record Item(long table, ItemKeys.Key key) {}

  private final Set<Item> items = new HashSet<>();
  private final List<Reason> reasons = new ArrayList<>();
  private boolean fit = true;
  private boolean repeated;

  /// @return null where the key does not fit its table
  ItemKeys.@Nullable Key add(TableSchema table, Supplier<ItemKeys.Key> read) {
    try {
      ItemKeys.Key key = read.get();
      repeated |= !items.add(new Item(table.id(), key));
      reasons.add(Reason.None.INSTANCE);
      return key;
    } catch (ApiException error) {
      reasons.add(new Reason.Rejected(error));
      fit = false;
      return null;
    }
  }

  /// To be called when all have been added.
  ///
  /// @throws ApiException a TransactionCanceledException or a ValidationException
  void check() {
    if (!fit) {
      throw TransactionErrors.canceled(reasons);
    }
    if (repeated) {
      throw ApiException.validation(
          "Transaction request cannot include multiple operations on one item");
    }
  }
}
