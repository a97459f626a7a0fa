package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;
import java.util.Comparator;

/// What the attributes of an item that are keys of an index must be. A put is judged before it is
/// sent; what an update makes of an item only its replica knows.
public final class IndexKeys {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  /// What an item comes from.
  public enum Origin {
    PUT,
    UPDATE
  }

  private IndexKeys() {}

  /// They must have the declared type, and a value.
  ///
  /// @throws ApiException a ValidationException with AWS's text
  public static void check(TableSchema table, BinaryItem item, Origin origin) {
    for (LocalIndex index : table.localIndexes()) {
      KeyAttribute sort = index.keys().sort();
      AttributeValue value = sort == null ? null : item.get(sort.name());
      if (sort != null && value != null) {
        if (value.type() != sort.type()) {
          throw mismatch(table, sort, value);
        }
        check(index, sort, value, origin);
      }
    }
  }

  /// AWS names the first by name of the indexes that have the key.
  private static ApiException mismatch(TableSchema table, KeyAttribute sort, AttributeValue value) {
    String first =
        table.localIndexes().stream()
            .filter(index -> sort.equals(index.keys().sort()))
            .map(LocalIndex::name)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return ApiException.validation(
        INVALID
            + "Type mismatch for Index Key "
            + sort.name()
            + " Expected: "
            + sort.type()
            + " Actual: "
            + value.type()
            + " IndexName: "
            + first);
  }

  private static void check(
      LocalIndex index, KeyAttribute sort, AttributeValue value, Origin origin) {
    int bytes = KeyAttribute.bytes(value);
    if (bytes == 0) {
      throw empty(index, sort, value, origin);
    }
    if (bytes > Limits.SORT_KEY_BYTES_MAX) {
      throw ApiException.validation(
          INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }
  }

  private static ApiException empty(
      LocalIndex index, KeyAttribute sort, AttributeValue value, Origin origin) {
    String problem =
        "The AttributeValue for a key attribute cannot contain an empty "
            + (value.type() == AttributeValue.Type.B ? "binary" : "string")
            + " value.";
    return ApiException.validation(
        switch (origin) {
          case PUT ->
              NOT_VALID
                  + "A value specified for a secondary index key is not supported. "
                  + problem
                  + " IndexName: "
                  + index.name()
                  + ", IndexKey: "
                  + sort.name();
          case UPDATE ->
              NOT_VALID
                  + "The update expression attempted to update a secondary index key to a value"
                  + " that is not supported. "
                  + problem;
        });
  }
}
