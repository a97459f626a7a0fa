package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one change of an item does to the local secondary indexes of its table.
final class LocalIndexEntries {
  private final ItemWrite write;
  private final List<Command.Mutation> mutations;
  private final Map<String, Long> halves = new HashMap<>();
  private Growth growth = Growth.NONE;

  /// @param mutations where changes of entries are added
  LocalIndexEntries(ItemWrite write, List<Command.Mutation> mutations) {
    this.write = write;
    this.mutations = mutations;
  }

  void change(@Nullable BinaryItem before, @Nullable BinaryItem after) {
    for (LocalIndex index : write.table().localIndexes()) {
      change(index, entry(index, before), entry(index, after));
    }
  }

  /// Half write units by index name.
  Map<String, Long> halves() {
    return halves;
  }

  /// Change of the indexes' totals.
  Growth growth() {
    return growth;
  }

  /// An index entry: where it is stored, and what it holds.
  @SuppressWarnings("ArrayRecordComponent")
  private record IndexEntry(AttributeValue sort, byte[] key, BinaryItem item) {}

  /// One arm for an entry that comes, goes or changes in place; two where its key changes.
  private void change(LocalIndex index, @Nullable IndexEntry before, @Nullable IndexEntry after) {
    if (before == null && after == null) {
      return;
    }
    if (before != null && after != null && before.sort.equals(after.sort)) {
      if (!before.item.equals(after.item)) {
        mutations.add(new Command.Mutation.Put(after.key, after.item.bytes()));
        charge(index, Capacity.writeHalves(before.item.size(), after.item.size()));
        growth = growth.plus(index.number(), 0, after.item.size() - before.item.size());
      }
      return;
    }
    if (before != null) {
      mutations.add(new Command.Mutation.Delete(before.key));
      charge(index, Capacity.writeHalves(before.item.size(), 0));
      growth = growth.plus(index.number(), -1, -before.item.size());
    }
    if (after != null) {
      mutations.add(new Command.Mutation.Put(after.key, after.item.bytes()));
      charge(index, Capacity.writeHalves(0, after.item.size()));
      growth = growth.plus(index.number(), 1, after.item.size());
    }
  }

  private void charge(LocalIndex index, long more) {
    halves.merge(index.name(), more, Long::sum);
  }

  private @Nullable IndexEntry entry(LocalIndex index, @Nullable BinaryItem item) {
    if (item == null) {
      return null;
    }
    KeyAttribute sortKey = Objects.requireNonNull(index.keys().sort(), "a local index sorts");
    AttributeValue sort = item.get(sortKey.name());
    if (sort == null) {
      return null;
    }
    byte[] key =
        StoredKeys.localIndexEntry(
            write.table().id(), write.partition(), index.number(), sort, write.sort());
    return new IndexEntry(sort, key, projected(index, item));
  }

  private BinaryItem projected(LocalIndex index, BinaryItem item) {
    if (index.projection() == LocalIndex.Projection.ALL) {
      return item;
    }
    Set<String> kept = new HashSet<>(index.nonKeyAttributes());
    write.table().keys().attributes().forEach(attribute -> kept.add(attribute.name()));
    index.keys().attributes().forEach(attribute -> kept.add(attribute.name()));
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name : kept) {
      AttributeValue value = item.get(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
    return BinaryItem.of(attributes);
  }
}
