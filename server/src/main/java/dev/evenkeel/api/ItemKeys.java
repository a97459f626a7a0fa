package dev.evenkeel.api;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.IndexKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks the key attributes of items and keys against a table's schema, with AWS's texts.
final class ItemKeys {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  private ItemKeys() {}

  /// A primary key whose values fit the schema.
  record Key(AttributeValue partition, @Nullable AttributeValue sort) {}

  /// The key of an item that is to be put.
  static Key ofItem(Table table, BinaryItem item) {
    return ofItem(table.schema(), table.derivation().maintained(), item);
  }

  private static Key ofItem(TableSchema table, List<GlobalIndex> globalIndexes, BinaryItem item) {
    KeySchema keys = table.keys();
    for (KeyAttribute attribute : keys.attributes()) {
      AttributeValue.Type type = item.type(attribute.name());
      if (type == null) {
        throw ApiException.validation(
            INVALID + "Missing the key " + attribute.name() + " in the item");
      }
      if (type != attribute.type()) {
        throw ApiException.validation(
            INVALID
                + "Type mismatch for key "
                + attribute.name()
                + " expected: "
                + attribute.type()
                + " actual: "
                + type);
      }
    }
    IndexKeys.check(table, globalIndexes, item, IndexKeys.Origin.PUT);
    return checked(keys, item);
  }

  /// A key as Get, Update and Delete give it: exactly the key attributes.
  static Key ofKey(KeySchema keys, BinaryItem key) {
    if (key.count() != keys.size()) {
      throw mismatch();
    }
    for (KeyAttribute attribute : keys.attributes()) {
      if (key.type(attribute.name()) != attribute.type()) {
        throw mismatch();
      }
    }
    return checked(keys, key);
  }

  private static Key checked(KeySchema keys, BinaryItem item) {
    AttributeValue partition = value(keys.partition(), item);
    if (KeyAttribute.bytes(partition) > Limits.PARTITION_KEY_BYTES_MAX) {
      throw ApiException.validation(
          INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
    KeyAttribute sortAttribute = keys.sort();
    if (sortAttribute == null) {
      return new Key(partition, null);
    }
    AttributeValue sort = value(sortAttribute, item);
    if (KeyAttribute.bytes(sort) > Limits.SORT_KEY_BYTES_MAX) {
      throw ApiException.validation(
          INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
    return new Key(partition, sort);
  }

  private static AttributeValue value(KeyAttribute attribute, BinaryItem item) {
    AttributeValue value = item.get(attribute.name());
    if (value == null) {
      throw mismatch();
    }
    if (KeyAttribute.bytes(value) == 0) {
      throw ApiException.validation(
          NOT_VALID
              + "The AttributeValue for a key attribute cannot contain an empty "
              + kind(value)
              + " value. Key: "
              + attribute.name());
    }
    return value;
  }

  private static ApiException mismatch() {
    return ApiException.validation("The provided key element does not match the schema");
  }

  private static String kind(AttributeValue value) {
    return value.type() == AttributeValue.Type.B ? "binary" : "string";
  }
}
