package dev.evenkeel.expiry;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Expiry;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.replica.ItemExpiry;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.RequestRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Deletes all that has expired of one table, at once, on whichever node its partition leads: for
/// those who cannot wait for the [ExpirySweeper], tests above all.
///
/// It reads the whole table, so that it needs nothing of the leader but what any node may ask.
public final class TableSweep {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final int UNDER_WAY_MAX = 100;

  private final Catalogue catalogue;
  private final RequestRouter router;
  private final Clock clock;

  public TableSweep(Catalogue catalogue, RequestRouter router, Clock clock) {
    this.catalogue = catalogue;
    this.router = router;
    this.clock = clock;
  }

  /// Deletes what has expired by now. Blocks.
  ///
  /// @param name of the table
  /// @return how many items this has deleted; others that had expired as well may have been deleted
  ///   by the [ExpirySweeper] before
  /// @throws ApiException where there is no such table, nothing of it expires, or its partition
  ///   cannot be read or written
  public long run(String name) {
    Table table = catalogue.named(name);
    Expiry expiry = table.derivation().expiry();
    if (expiry == null || expiry.status() == Expiry.Status.DISABLING) {
      throw ApiException.validation("time to live is not enabled on table " + table.name());
    }
    long now = Math.floorDiv(clock.wallMicros(), MICROS_PER_SECOND);
    long deleted = 0;
    StoredKeys.Range range = StoredKeys.segment(table.id(), 0, 1);
    @Nullable BinaryItem last;
    do {
      Page page =
          router.page(
              table.schema(),
              new PageRead(range, false, Integer.MAX_VALUE, Limits.PAGE_BYTES_MAX, null, null),
              true);
      deleted += delete(table, expiry.attribute(), page.items(), now);
      last = page.last();
      if (last != null) {
        ItemWrite at = ExpirySweeper.deletion(table.schema(), last, now);
        byte[] key = StoredKeys.item(table.id(), at.partition(), at.sort());
        range = new StoredKeys.Range(StoredKeys.successor(key), range.to());
      }
    } while (last != null);
    return deleted;
  }

  private long delete(Table table, String attribute, List<BinaryItem> items, long now) {
    long deleted = 0;
    List<CompletableFuture<WriteOutcome>> underWay = new ArrayList<>();
    for (BinaryItem item : items) {
      if (ItemExpiry.isDue(item, attribute, now)) {
        CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
        router.write(ExpirySweeper.deletion(table.schema(), item, now), outcome::complete);
        underWay.add(outcome);
      }
      if (underWay.size() == UNDER_WAY_MAX) {
        deleted += deleted(table, underWay);
        underWay.clear();
      }
    }
    return deleted + deleted(table, underWay);
  }

  private static long deleted(Table table, List<CompletableFuture<WriteOutcome>> underWay) {
    return underWay.stream().filter(outcome -> isDeleted(table, outcome.join())).count();
  }

  private static boolean isDeleted(Table table, WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Applied _ -> true;
      // Renewed, or deleted, meanwhile; or a transaction has it.
      case WriteOutcome.ConditionFailed _, WriteOutcome.Conflict _ -> false;
      default ->
          throw ApiException.internal(
              "what has expired in table " + table.name() + " cannot be deleted now");
    };
  }
}
