package dev.evenkeel.api;

import dev.evenkeel.expression.Expressions;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.RequestRouter;
import org.jspecify.annotations.Nullable;

/// What the item operations share: the tables, the router, the parsed expressions.
final class ItemService {
  private final Catalogue catalogue;
  private final RequestRouter router;
  private final Expressions expressions;

  ItemService(Catalogue catalogue, RequestRouter router) {
    this.catalogue = catalogue;
    this.router = router;
    this.expressions = new Expressions();
  }

  RequestRouter router() {
    return router;
  }

  Expressions expressions() {
    return expressions;
  }

  /// The local index of that name, or null where none was named.
  ///
  /// @throws ApiException a ValidationException, when the table has none of that name
  @Nullable LocalIndex index(TableSchema table, @Nullable String name) {
    if (name == null) {
      return null;
    }
    for (LocalIndex index : table.localIndexes()) {
      if (index.name().equals(name)) {
        return index;
      }
    }
    throw ApiException.validation("The table does not have the specified index: " + name);
  }

  /// The global index of that name, or null where none was named or the table has it not.
  ///
  /// @throws ApiException a ValidationException, when it cannot be read: it is being filled, or the
  ///   read is to be consistent
  @Nullable GlobalIndex globalIndex(Table table, @Nullable String name, boolean consistent) {
    TableIndex index = name == null ? null : table.derivation().index(name);
    if (index == null || index.status() == TableIndex.Status.DELETING) {
      return null;
    }
    if (consistent) {
      throw ApiException.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    if (!index.serves()) {
      throw ApiException.validation("Cannot read from backfilling global secondary index: " + name);
    }
    return index.definition();
  }

  /// The same with all that is known of it.
  ///
  /// @throws ApiException a ResourceNotFoundException
  Table known(String nameOrArn) {
    return catalogue.table(nameOrArn);
  }

  /// The table of that name or ARN, able to serve items.
  ///
  /// @throws ApiException a ResourceNotFoundException
  TableSchema table(String nameOrArn) {
    return catalogue.table(nameOrArn).schema();
  }

  /// Sends a write to the leader and its answer to the caller.
  void write(ItemWrite write, WriteAnswer answer, Reply reply) {
    router.write(write, outcome -> reply.complete(() -> answer.of(outcome)));
  }
}
