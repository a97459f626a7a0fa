package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.ApiException;
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

/// A write evaluated on the newest state of its item: an answer already, or what to propose.
sealed interface Evaluation {
  /// Nothing to store; the answer holds once the state it was judged by is applied.
  record Settled(WriteOutcome outcome) implements Evaluation {}

  /// @param outcome the answer once the entry is applied
  record Proposed(Growth growth, List<Command.Mutation> mutations, WriteOutcome.Applied outcome)
      implements Evaluation {}

  /// @param key where the item is stored
  /// @param before the newest state of the item, or null where there is none
  /// @param collectionBytes the newest size of its collection; −1 without local indexes
  /// @param schema what the partition does with changes
  static Evaluation of(
      ItemWrite write,
      byte[] key,
      @Nullable BinaryItem before,
      long collectionBytes,
      PartitionSchema schema) {
    boolean renewed =
        write.change() instanceof ItemWrite.Change.Expire(long now)
            && !ItemExpiry.isDue(before, schema.expiryAttribute(), now);
    if (renewed || !write.mayChange(before)) {
      return new Settled(new WriteOutcome.ConditionFailed(before));
    }
    BinaryItem after;
    try {
      after = write.changed(before);
      if (after != null) {
        write.check(after, schema.globalIndexes());
      }
    } catch (ApiException error) {
      return new Settled(new WriteOutcome.Rejected(error));
    }
    if (after != null && after.size() > Limits.ITEM_BYTES_MAX) {
      return rejected("Item size to update has exceeded the maximum allowed size");
    }
    if (before == null && after == null) {
      return new Settled(new WriteOutcome.Applied(null, null, Map.of(), collectionBytes));
    }
    return proposed(write, key, before, after, collectionBytes, schema);
  }

  private static Evaluation proposed(
      ItemWrite write,
      byte[] key,
      @Nullable BinaryItem before,
      @Nullable BinaryItem after,
      long collectionBytes,
      PartitionSchema schema) {
    List<Command.Mutation> mutations = new ArrayList<>(1);
    mutations.add(
        after == null
            ? new Command.Mutation.Delete(key)
            : new Command.Mutation.Put(key, after.bytes()));
    if (schema.recordsChanges() && !Objects.equals(before, after)) {
      byte[] was = before == null ? null : before.bytes();
      boolean byService = write.change() instanceof ItemWrite.Change.Expire;
      mutations.add(new Command.Mutation.Note(mutations.size() - 1, was, byService));
    }
    if (schema.expiryAttribute() != null) {
      ItemExpiry.change(
          write, key, new ItemExpiry.Change(before, after), schema.expiryAttribute(), mutations);
    }
    long grown = bytes(after) - bytes(before);
    Growth growth = Growth.ofItems((after == null ? 0 : 1) - (before == null ? 0 : 1), grown);
    Map<String, Long> halves = new HashMap<>();
    if (!schema.globalIndexes().isEmpty()) {
      GlobalIndexEntry.charge(schema.globalIndexes(), before, after, halves);
    }
    if (write.table().localIndexes().isEmpty()) {
      return new Proposed(
          growth, mutations, new WriteOutcome.Applied(before, after, halves, collectionBytes));
    }
    LocalIndexEntries entries = new LocalIndexEntries(write, mutations);
    entries.change(before, after);
    growth = growth.plus(entries.growth());
    for (LocalIndex index : write.table().localIndexes()) {
      grown += entries.growth().pair(index.number()).bytes();
    }
    long size = collectionBytes + grown;
    if (size > Limits.ITEM_COLLECTION_BYTES_MAX && grown > 0) {
      return new Settled(
          new WriteOutcome.Rejected(
              ApiException.of(
                  ApiException.Kind.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
                  "Collection size exceeded.")));
    }
    mutations.add(
        new Command.Mutation.Put(
            StoredKeys.itemCollectionSize(write.table().id(), write.partition()),
            ByteBuffer.allocate(Long.BYTES).putLong(size).array()));
    halves.putAll(entries.halves());
    return new Proposed(growth, mutations, new WriteOutcome.Applied(before, after, halves, size));
  }

  private static Settled rejected(String message) {
    return new Settled(new WriteOutcome.Rejected(ApiException.validation(message)));
  }

  private static long bytes(@Nullable BinaryItem item) {
    return item == null ? 0 : item.size();
  }
}
