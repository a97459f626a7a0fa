package dev.evenkeel.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;
import org.jspecify.annotations.Nullable;

/// Checks the key attributes of items and keys against a table's schema, with AWS's texts.
final class ItemKeys {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  private ItemKeys() {}

  /// A primary key whose values fit the schema.
  record Key(AttributeValue partition, @Nullable AttributeValue sort) {}

  /// The key of an item that is to be put.
  static Key ofItem(TableSchema table, BinaryItem item) {
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
    checkIndexKeys(table, item);
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

  /// Attributes that are keys of an index must have the declared type, and a value.
  static void checkIndexKeys(TableSchema table, BinaryItem item) {
    for (LocalIndex index : table.localIndexes()) {
      KeyAttribute sort = index.keys().sort();
      AttributeValue value = sort == null ? null : item.get(sort.name());
      if (sort == null || value == null) {
        continue;
      }
      if (value.type() != sort.type()) {
        throw ApiException.validation(
            INVALID
                + "Type mismatch for Index Key "
                + sort.name()
                + " Expected: "
                + sort.type()
                + " Actual: "
                + value.type()
                + " IndexName: "
                + index.name());
      }
      if (length(value) == 0) {
        throw ApiException.validation(
            NOT_VALID
                + "A value specified for a secondary index key is not supported. The"
                + " AttributeValue for a key attribute cannot contain an empty "
                + kind(value)
                + " value. IndexName: "
                + index.name()
                + ", IndexKey: "
                + sort.name());
      }
      if (length(value) > Limits.SORT_KEY_BYTES_MAX) {
        throw ApiException.validation(
            INVALID
                + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
      }
    }
  }

  private static Key checked(KeySchema keys, BinaryItem item) {
    AttributeValue partition = value(keys.partition(), item);
    if (length(partition) > Limits.PARTITION_KEY_BYTES_MAX) {
      throw ApiException.validation(
          INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }
    KeyAttribute sortAttribute = keys.sort();
    if (sortAttribute == null) {
      return new Key(partition, null);
    }
    AttributeValue sort = value(sortAttribute, item);
    if (length(sort) > Limits.SORT_KEY_BYTES_MAX) {
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
    if (length(value) == 0) {
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

  /// Bytes of a string or binary; a number is never empty or too long.
  private static int length(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(var text) -> text.getBytes(UTF_8).length;
      case AttributeValue.B(var bytes) -> bytes.length();
      default -> 1;
    };
  }
}
