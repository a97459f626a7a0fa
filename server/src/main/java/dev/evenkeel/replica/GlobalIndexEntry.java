package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bytes;
import dev.evenkeel.model.Capacity;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An entry of a global secondary index.
///
/// @param key where the index's partition stores it
/// @param item what it holds
public record GlobalIndexEntry(Bytes key, BinaryItem item) {
  /// The entry of an item.
  ///
  /// @param item null where there is none
  /// @return null where the item has none: it lacks an attribute of the index's key, or has one
  ///   that cannot be one
  public static @Nullable GlobalIndexEntry of(GlobalIndex index, @Nullable BinaryItem item) {
    if (item == null) {
      return null;
    }
    List<AttributeValue> partition =
        values(index.keys().partition(), item, Limits.PARTITION_KEY_BYTES_MAX);
    List<AttributeValue> rest = values(index.keys().sort(), item, Limits.SORT_KEY_BYTES_MAX);
    if (partition == null || rest == null) {
      return null;
    }
    for (KeyAttribute attribute : index.keys().table().attributes()) {
      AttributeValue value = item.get(attribute.name());
      if (value == null) {
        throw new IllegalStateException("an item without its table's key " + attribute.name());
      }
      rest.add(value);
    }
    byte[] key = StoredKeys.globalIndexEntry(index.id(), partition, rest);
    return new GlobalIndexEntry(new Bytes(key), projected(index, item));
  }

  /// Half write units by name, of each index that a change of an item changes: one arm for an entry
  /// that comes, goes or changes in place, two where its key changes.
  static void charge(
      List<GlobalIndex> indexes,
      @Nullable BinaryItem before,
      @Nullable BinaryItem after,
      Map<String, Long> halves) {
    for (GlobalIndex index : indexes) {
      GlobalIndexEntry was = of(index, before);
      GlobalIndexEntry is = of(index, after);
      long cost = cost(was, is);
      if (cost > 0) {
        halves.put(index.name(), cost);
      }
    }
  }

  private static long cost(@Nullable GlobalIndexEntry was, @Nullable GlobalIndexEntry is) {
    if (was != null && is != null && was.key.equals(is.key)) {
      return was.item.equals(is.item) ? 0 : Capacity.writeHalves(was.item.size(), is.item.size());
    }
    return (was == null ? 0 : Capacity.writeHalves(was.item.size(), 0))
        + (is == null ? 0 : Capacity.writeHalves(0, is.item.size()));
  }

  /// @param bytesMax of all together
  private static @Nullable List<AttributeValue> values(
      List<KeyAttribute> attributes, BinaryItem item, int bytesMax) {
    List<AttributeValue> values = new ArrayList<>(attributes.size());
    int bytes = 0;
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value == null || value.type() != attribute.type() || KeyAttribute.bytes(value) == 0) {
        return null;
      }
      bytes += KeyAttribute.bytes(value);
      values.add(value);
    }
    return bytes > bytesMax ? null : values;
  }

  private static BinaryItem projected(GlobalIndex index, BinaryItem item) {
    if (index.projection() == LocalIndex.Projection.ALL) {
      return item;
    }
    Set<String> kept = new HashSet<>(index.nonKeyAttributes());
    index.keys().table().attributes().forEach(attribute -> kept.add(attribute.name()));
    index.keys().own().forEach(attribute -> kept.add(attribute.name()));
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
