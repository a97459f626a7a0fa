package dev.evenkeel.index;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecord;
import dev.evenkeel.replica.GlobalIndexEntry;
import dev.evenkeel.replica.IndexBatch;
import dev.evenkeel.replica.IndexPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the batch that takes an index from one position to the next: see the package for why what
/// it makes is right. Pure.
final class BatchBuilder {
  private final GlobalIndex index;
  private final long base;
  private final IndexPosition from;

  /// What the batch changes: the newest of each key.
  private final Map<Bytes, IndexBatch.Change> changes = new LinkedHashMap<>();

  private ChangePosition upTo;
  private IndexBatch.Size size = IndexBatch.Size.NONE;

  /// Items of the table whose entries come with this batch, by stored key, as of `upTo`.
  private final Map<Bytes, BinaryItem> filling = new LinkedHashMap<>();

  private Bytes filled;

  BatchBuilder(GlobalIndex index, long base, IndexPosition from) {
    this.index = index;
    this.base = base;
    this.from = from;
    this.upTo = from.upTo();
    this.filled = from.filled();
  }

  /// Extends what the index covers. Comes before the records: they have to contain every change
  /// from the index's position up to a time after the items were read.
  ///
  /// @param items of the table in the order of their stored keys, the first behind what is covered
  /// @param end the items up to here are covered then
  void fill(List<BinaryItem> items, Bytes end) {
    items.forEach(item -> filling.put(stored(index, base, item), item));
    filled = end;
  }

  /// Follows one change, the next behind those before it.
  void follow(ChangeRecord change) {
    BinaryItem before = change.before();
    BinaryItem after = change.after();
    BinaryItem either = Objects.requireNonNull(after == null ? before : after, "no change at all");
    Bytes key = stored(index, base, either);
    if (from.covers(key.array())) {
      replace(GlobalIndexEntry.of(index, before), GlobalIndexEntry.of(index, after));
    } else if (after == null) {
      filling.remove(key);
    } else if (key.compareTo(filled) < 0) {
      filling.put(key, after);
    }
    upTo = change.position();
  }

  /// @return null where the index is there already
  @Nullable IndexBatch build() {
    for (BinaryItem item : filling.values()) {
      replace(null, GlobalIndexEntry.of(index, item));
    }
    IndexPosition to = new IndexPosition(upTo, filled);
    return to.equals(from)
        ? null
        : new IndexBatch(base, from, to, new ArrayList<>(changes.values()), size);
  }

  private void replace(@Nullable GlobalIndexEntry before, @Nullable GlobalIndexEntry after) {
    if (before != null && !before.equals(after)) {
      changes.put(before.key(), new IndexBatch.Change(before.key(), null));
    }
    if (after != null && !after.equals(before)) {
      changes.put(after.key(), new IndexBatch.Change(after.key(), after.item().bytes()));
    }
    size = size.plus(before, after);
  }

  /// Where the table's partition stores an item.
  static Bytes stored(GlobalIndex index, long base, BinaryItem item) {
    KeySchema keys = index.keys().table();
    KeyAttribute sort = keys.sort();
    return new Bytes(
        StoredKeys.item(
            base, value(keys.partition(), item), sort == null ? null : value(sort, item)));
  }

  private static AttributeValue value(KeyAttribute key, BinaryItem item) {
    return Objects.requireNonNull(item.get(key.name()), "an item has its key");
  }
}
