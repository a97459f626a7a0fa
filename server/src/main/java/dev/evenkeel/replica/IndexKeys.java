package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;

/// What the attributes of an item that are keys of an index must be. A put is judged before it is
/// sent; what an update makes of an item only its replica knows.
public final class IndexKeys {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private IndexKeys() {}

  /// They must have the declared type, and a value.
  ///
  /// @throws ApiException a ValidationException with AWS's text
  public static void check(TableSchema table, BinaryItem item) {
    for (LocalIndex index : table.localIndexes()) {
      KeyAttribute sort = index.keys().sort();
      AttributeValue value = sort == null ? null : item.get(sort.name());
      if (sort != null && value != null) {
        check(index, sort, value);
      }
    }
  }

  private static void check(LocalIndex index, KeyAttribute sort, AttributeValue value) {
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
    int bytes = KeyAttribute.bytes(value);
    if (bytes == 0) {
      throw ApiException.validation(
          "One or more parameter values are not valid. A value specified for a secondary index key"
              + " is not supported. The AttributeValue for a key attribute cannot contain an empty "
              + (value.type() == AttributeValue.Type.B ? "binary" : "string")
              + " value. IndexName: "
              + index.name()
              + ", IndexKey: "
              + sort.name());
    }
    if (bytes > Limits.SORT_KEY_BYTES_MAX) {
      throw ApiException.validation(
          INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }
}
