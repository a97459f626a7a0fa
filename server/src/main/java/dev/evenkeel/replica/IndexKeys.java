package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;
import java.util.List;
import java.util.stream.Stream;

/// What the attributes of an item that are keys of an index must be. A put is judged before it is
/// sent; what an update makes of an item, and which global indexes there are by now, only its
/// replica knows.
public final class IndexKeys {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";

  private final TableSchema table;
  private final List<GlobalIndex> globalIndexes;
  private final BinaryItem item;
  private final Origin origin;

  /// What an item comes from.
  public enum Origin {
    PUT,
    UPDATE
  }

  private IndexKeys(
      TableSchema table, List<GlobalIndex> globalIndexes, BinaryItem item, Origin origin) {
    this.table = table;
    this.globalIndexes = globalIndexes;
    this.item = item;
    this.origin = origin;
  }

  /// They must have the declared type, and a value, and not be too long.
  ///
  /// @throws ApiException a ValidationException with AWS's text
  public static void check(
      TableSchema table, List<GlobalIndex> globalIndexes, BinaryItem item, Origin origin) {
    IndexKeys keys = new IndexKeys(table, globalIndexes, item, origin);
    for (LocalIndex index : table.localIndexes()) {
      KeyAttribute sort = index.keys().sort();
      if (sort != null && keys.bytes(index.name(), List.of(sort)) > Limits.SORT_KEY_BYTES_MAX) {
        throw longSort();
      }
    }
    for (GlobalIndex index : globalIndexes) {
      int partition = keys.bytes(index.name(), index.keys().partition());
      int sort = keys.bytes(index.name(), index.keys().sort());
      if (partition > Limits.PARTITION_KEY_BYTES_MAX) {
        throw ApiException.validation(
            INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
      }
      if (sort > Limits.SORT_KEY_BYTES_MAX) {
        throw longSort();
      }
    }
  }

  /// Bytes of the attributes that the item has.
  private int bytes(String index, List<KeyAttribute> attributes) {
    int sum = 0;
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value != null) {
        if (value.type() != attribute.type()) {
          throw mismatch(attribute, value);
        }
        int bytes = KeyAttribute.bytes(value);
        if (bytes == 0) {
          throw empty(index, attribute, value);
        }
        sum += bytes;
      }
    }
    return sum;
  }

  private static ApiException longSort() {
    return ApiException.validation(
        INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }

  /// AWS names the first by name of the indexes that have the key.
  private ApiException mismatch(KeyAttribute key, AttributeValue value) {
    Stream<String> local =
        table.localIndexes().stream()
            .filter(index -> key.equals(index.keys().sort()))
            .map(LocalIndex::name);
    Stream<String> global =
        globalIndexes.stream()
            .filter(index -> index.keys().own().contains(key))
            .map(GlobalIndex::name);
    String first = Stream.concat(local, global).sorted().findFirst().orElseThrow();
    return ApiException.validation(
        INVALID
            + "Type mismatch for Index Key "
            + key.name()
            + " Expected: "
            + key.type()
            + " Actual: "
            + value.type()
            + " IndexName: "
            + first);
  }

  private ApiException empty(String index, KeyAttribute key, AttributeValue value) {
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
                  + index
                  + ", IndexKey: "
                  + key.name();
          case UPDATE ->
              NOT_VALID
                  + "The update expression attempted to update a secondary index key to a value"
                  + " that is not supported. "
                  + problem;
        });
  }
}
