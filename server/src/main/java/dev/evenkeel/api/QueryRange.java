package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.expression.SortRange;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The stored keys that a Query or a Scan reads, of a table or of one of its local indexes.
///
/// @param index the local index, or null for the table itself
record QueryRange(TableSchema table, @Nullable LocalIndex index) implements SearchRange {
  /// The keys that the request must name: the index's, or the table's.
  KeySchema keys() {
    return index == null ? table.keys() : index.keys();
  }

  /// What a key condition selects.
  StoredKeys.Range of(KeyCondition condition) {
    return sorted(collection(condition), condition.sort());
  }

  /// The part of a collection whose next key attribute lies in a range.
  static StoredKeys.Range sorted(StoredKeys.Range collection, @Nullable SortRange sort) {
    if (sort == null) {
      return collection;
    }
    AttributeValue operand = sort.operand();
    return switch (sort.operator()) {
      case EQ -> StoredKeys.equalTo(collection, operand);
      case LT -> StoredKeys.between(collection, null, false, operand, false);
      case LE -> StoredKeys.between(collection, null, false, operand, true);
      case GT -> StoredKeys.between(collection, operand, false, null, false);
      case GE -> StoredKeys.between(collection, operand, true, null, false);
      case BETWEEN -> StoredKeys.between(collection, operand, true, sort.upper(), true);
      case BEGINS_WITH -> StoredKeys.beginningWith(collection, operand);
    };
  }

  private StoredKeys.Range collection(KeyCondition condition) {
    return index == null
        ? StoredKeys.collection(table.id(), condition.partition())
        : StoredKeys.collection(table.id(), condition.partition(), index.number());
  }

  @Override
  public long partition() {
    return table.id();
  }

  @Override
  public StoredKeys.Range segment(int segment, int segments) {
    return index == null
        ? StoredKeys.segment(table.id(), segment, segments)
        : StoredKeys.segment(table.id(), index.number(), segment, segments);
  }

  /// The part of what a key condition selects that lies behind an ExclusiveStartKey.
  ///
  /// @throws ApiException a ValidationException, when the key does not fit, or is not selected
  StoredKeys.Range behind(BinaryItem startKey, KeyCondition condition, boolean descending) {
    return behind(startKey, of(condition), collection(condition), descending);
  }

  @Override
  public byte[] storedKey(Map<String, AttributeValue> given) {
    ItemKeys.Key key = ItemKeys.ofKey(table.keys(), only(table.keys(), given));
    if (index == null) {
      return StoredKeys.item(table.id(), key.partition(), key.sort());
    }
    ItemKeys.Key indexKey = ItemKeys.ofKey(index.keys(), only(index.keys(), given));
    return StoredKeys.localIndexEntry(
        table.id(),
        key.partition(),
        index.number(),
        Objects.requireNonNull(indexKey.sort(), "a local index sorts"),
        key.sort());
  }

  @Override
  public List<KeyAttribute> keyAttributes() {
    List<KeyAttribute> attributes = new ArrayList<>(table.keys().attributes());
    if (index != null) {
      attributes.addAll(index.keys().attributes());
    }
    return attributes;
  }

  @Override
  public PageRead.@Nullable Fetch fetch(Selection selection) {
    return selection.fetch(table, index);
  }

  @Override
  public ConsumedCapacity consumed(String tableName, Page page, boolean consistent) {
    long halves = Capacity.readHalves(page.bytes(), consistent);
    if (index == null) {
      return new ConsumedCapacity(tableName).table(halves);
    }
    long fetched =
        page.fetchedBytes() == 0 ? 0 : Capacity.readHalves(page.fetchedBytes(), consistent);
    return new ConsumedCapacity(tableName).table(fetched).localIndex(index.name(), halves);
  }

  private static BinaryItem only(KeySchema keys, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    keys.attributes()
        .forEach(
            each -> kept.put(each.name(), Objects.requireNonNull(attributes.get(each.name()))));
    return BinaryItem.of(kept);
  }
}
