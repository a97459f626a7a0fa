package dev.evenkeel.index;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.router.Catalogue;
import org.jspecify.annotations.Nullable;

/// Tells the catalogue that an index is filled, so that it can be read.
record Announcement(Catalogue catalogue) {
  /// Blocks.
  ///
  /// @return whether the catalogue knows; false: it does not know the index yet, or cannot be
  ///   changed now
  boolean make(Follower follower) {
    Table table = table(follower.base().group());
    TableIndex index = table == null ? null : index(table, follower.index().id());
    if (table == null || index == null) {
      return false;
    }
    if (index.status() != TableIndex.Status.CREATING) {
      return true;
    }
    if (!index.backfilling()) {
      return false;
    }
    try {
      catalogue.change(table.name(), now -> now.id() == table.id() ? filled(now, index.id()) : now);
      return true;
    } catch (ApiException _) {
      // The catalogue cannot be written now, or the table is gone; the next attempt tells.
      return false;
    }
  }

  private static Table filled(Table table, long index) {
    return table.withDerivation(derivation ->
        derivation.each(at -> at.id() == index && at.backfilling() ? at.filled() : at));
  }

  private @Nullable Table table(long id) {
    return catalogue.tables().stream().filter(table -> table.id() == id).findFirst().orElse(null);
  }

  private static @Nullable TableIndex index(Table table, long id) {
    return table.derivation().globalIndexes().stream()
        .filter(index -> index.id() == id)
        .findFirst()
        .orElse(null);
  }
}
