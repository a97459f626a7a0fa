package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.PartitionSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one command is going to do, gathered from writes of items, none of the same item as
/// another.
final class Draft {
  private final List<Command.Mutation> mutations = new ArrayList<>(1);
  private final boolean decided;
  private Growth growth = Growth.NONE;

  /// Sizes of item collections as the writes so far make them; by stored key.
  private final Map<Bytes, Long> collections = new HashMap<>(0);

  private Draft(boolean decided) {
    this.decided = decided;
  }

  /// Of writes that may be refused.
  static Draft open() {
    return new Draft(false);
  }

  /// Of writes that were judged before, and happen whatever has changed besides their items.
  static Draft ofDecided() {
    return new Draft(true);
  }

  /// What a write is judged by.
  ///
  /// @param key where the item is stored
  /// @param item its newest state, or null where there is none
  /// @param collectionBytes the newest size of its collection; −1 without local indexes
  /// @param schema what the partition does with changes
  @SuppressWarnings("ArrayRecordComponent")
  record Newest(
      byte[] key, @Nullable BinaryItem item, long collectionBytes, PartitionSchema schema) {}

  /// Adds what the write does, unless it cannot be done: then the draft stays as it is. Either
  /// holds once what it was judged by is applied.
  ///
  /// @return `Applied`, `ConditionFailed` or `Rejected`
  WriteOutcome change(ItemWrite write, Newest newest) {
    BinaryItem before = newest.item;
    boolean renewed =
        write.change() instanceof ItemWrite.Change.Expire(long now)
            && !ItemExpiry.isDue(before, newest.schema.expiryAttribute(), now);
    if (renewed || !write.mayChange(before)) {
      return new WriteOutcome.ConditionFailed(before);
    }
    long collection = collectionBytes(write, newest.collectionBytes);
    if (write.change() instanceof ItemWrite.Change.Check) {
      return new WriteOutcome.Applied(before, before, Map.of(), collection);
    }
    BinaryItem after;
    try {
      after = write.changed(before);
      if (after != null && !decided) {
        write.check(after, newest.schema.globalIndexes());
      }
    } catch (ApiException error) {
      return new WriteOutcome.Rejected(error);
    }
    if (after != null && after.size() > Limits.ITEM_BYTES_MAX) {
      return new WriteOutcome.Rejected(
          ApiException.validation("Item size to update has exceeded the maximum allowed size"));
    }
    if (before == null && after == null) {
      return new WriteOutcome.Applied(null, null, Map.of(), collection);
    }
    return changed(write, newest, after, collection);
  }

  private WriteOutcome changed(
      ItemWrite write, Newest newest, @Nullable BinaryItem after, long collection) {
    int mutationsBefore = mutations.size();
    Growth growthBefore = growth;
    byte[] key = newest.key;
    BinaryItem before = newest.item;
    PartitionSchema schema = newest.schema;
    add(
        after == null
            ? new Command.Mutation.Delete(key)
            : new Command.Mutation.Put(key, after.bytes()));
    if (schema.recordsChanges() && !Objects.equals(before, after)) {
      byte[] was = before == null ? null : before.bytes();
      boolean byService = write.change() instanceof ItemWrite.Change.Expire;
      add(new Command.Mutation.Note(mutations.size() - 1, was, byService));
    }
    if (schema.expiryAttribute() != null) {
      ItemExpiry.change(
          write, key, new ItemExpiry.Change(before, after), schema.expiryAttribute(), mutations);
    }
    long grown = (long) BinaryItem.sizeOf(after) - BinaryItem.sizeOf(before);
    growth = growth.plus(Growth.ofItems((after == null ? 0 : 1) - (before == null ? 0 : 1), grown));
    Map<String, Long> halves = new HashMap<>();
    if (!schema.globalIndexes().isEmpty()) {
      GlobalIndexEntry.charge(schema.globalIndexes(), before, after, halves);
    }
    if (write.table().localIndexes().isEmpty()) {
      return new WriteOutcome.Applied(before, after, halves, collection);
    }
    LocalIndexEntries entries = new LocalIndexEntries(write, mutations);
    entries.change(before, after);
    growth = growth.plus(entries.growth());
    for (LocalIndex index : write.table().localIndexes()) {
      grown += entries.growth().pair(index.number()).bytes();
    }
    long size = collection + grown;
    if (!decided && size > Limits.ITEM_COLLECTION_BYTES_MAX && grown > 0) {
      mutations.subList(mutationsBefore, mutations.size()).clear();
      growth = growthBefore;
      return new WriteOutcome.Rejected(
          ApiException.of(
              ApiException.Kind.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, "Collection size exceeded."));
    }
    collectionGrows(write, size);
    halves.putAll(entries.halves());
    return new WriteOutcome.Applied(before, after, halves, size);
  }

  private long collectionBytes(ItemWrite write, long stored) {
    return collections.isEmpty()
        ? stored
        : collections.getOrDefault(new Bytes(collectionKey(write)), stored);
  }

  private void collectionGrows(ItemWrite write, long bytes) {
    byte[] key = collectionKey(write);
    collections.put(new Bytes(key), bytes);
    add(new Command.Mutation.Put(key, ByteBuffer.allocate(Long.BYTES).putLong(bytes).array()));
  }

  static byte[] collectionKey(ItemWrite write) {
    return StoredKeys.itemCollectionSize(write.table().id(), write.partition());
  }

  boolean isEmpty() {
    return mutations.isEmpty();
  }

  /// About how long the entry becomes.
  long bytes() {
    long bytes = 0;
    for (Command.Mutation mutation : mutations) {
      bytes += bytes(mutation);
    }
    return bytes;
  }

  private static long bytes(Command.Mutation mutation) {
    return switch (mutation) {
      case Command.Mutation.Put(var key, var value) -> (long) key.length + value.length;
      case Command.Mutation.Delete(var key) -> key.length;
      case Command.Mutation.DeleteRange(var from, var to) -> (long) from.length + to.length;
      case Command.Mutation.Note(_, var before, _) -> before == null ? 0 : before.length;
      case Command.Mutation.Stamp(var key, var value) -> (long) key.length + value.length;
    };
  }

  List<Command.Mutation> mutations() {
    return mutations;
  }

  Growth growth() {
    return growth;
  }

  void add(Command.Mutation mutation) {
    mutations.add(mutation);
  }
}
