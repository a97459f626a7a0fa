package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.IndexCondition;
import dev.evenkeel.expression.SortRange;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.replica.GlobalIndexEntry;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// The stored keys that a Query or a Scan reads, of a global index.
record GlobalRange(GlobalIndex index) implements SearchRange {
  @Override
  public long partition() {
    return index.id();
  }

  /// What a key condition selects.
  StoredKeys.Range of(IndexCondition condition) {
    StoredKeys.Range range = collection(condition);
    for (SortRange sort : condition.sort()) {
      range = QueryRange.sorted(range, sort);
    }
    return range;
  }

  private StoredKeys.Range collection(IndexCondition condition) {
    return StoredKeys.collection(index.id(), condition.partition());
  }

  /// The part of what a key condition selects that lies behind an ExclusiveStartKey.
  ///
  /// @throws ApiException a ValidationException, when the key does not fit, or is not selected
  StoredKeys.Range behind(BinaryItem startKey, IndexCondition condition, boolean descending) {
    return behind(startKey, of(condition), collection(condition), descending);
  }

  @Override
  public StoredKeys.Range segment(int segment, int segments) {
    return StoredKeys.segment(index.id(), segment, segments);
  }

  @Override
  public SequencedSet<KeyAttribute> keyAttributes() {
    SequencedSet<KeyAttribute> attributes = new LinkedHashSet<>(index.keys().table().attributes());
    attributes.addAll(index.keys().own());
    return attributes;
  }

  @Override
  public byte[] storedKey(Map<String, AttributeValue> given) {
    GlobalIndexEntry entry = GlobalIndexEntry.of(index, BinaryItem.of(given));
    if (entry == null) {
      throw ApiException.validation("The provided key element does not match the schema");
    }
    return entry.key().array();
  }

  /// An entry is never completed from its item, which lies in another partition.
  @Override
  public PageRead.@Nullable Fetch fetch(Selection selection) {
    selection.requireHeldBy(index);
    return null;
  }

  @Override
  public ConsumedCapacity consumed(String tableName, Page page, boolean consistent) {
    return new ConsumedCapacity(tableName)
        .globalIndex(index.name(), Capacity.readHalves(page.bytes(), consistent));
  }
}
