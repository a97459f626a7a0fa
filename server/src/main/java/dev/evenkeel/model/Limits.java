package dev.evenkeel.model;

/// Every bound of the API, with the unit in its name.
///
/// Source:
/// [Quotas](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)
public final class Limits {
  public static final int ITEM_BYTES_MAX = 400 * 1024;
  public static final int PARTITION_KEY_BYTES_MAX = 2048;
  public static final int SORT_KEY_BYTES_MAX = 1024;
  public static final int ATTRIBUTE_NAME_BYTES_MAX = 65_535;
  public static final int KEY_NAME_BYTES_MAX = 255;

  /// The deepest level at which a value may be; the values of an item's own attributes are at the
  /// first.
  public static final int NESTING_LEVELS_MAX = 32;

  public static final int EXPRESSION_BYTES_MAX = 4096;
  public static final int EXPRESSION_OPERATORS_MAX = 300;
  public static final int IN_OPERANDS_MAX = 100;
  public static final int PLACEHOLDER_BYTES_MAX = 255;
  public static final int SUBSTITUTION_BYTES_MAX = 2 * 1024 * 1024;

  /// What one Query or Scan reads before filter and projection.
  public static final int PAGE_BYTES_MAX = 1024 * 1024;

  public static final int SCAN_SEGMENTS_MAX = 1_000_000;
  public static final int BATCH_GET_KEYS_MAX = 100;
  public static final int BATCH_WRITE_REQUESTS_MAX = 25;
  public static final int STATEMENT_CHARS_MAX = 8192;
  public static final int BATCH_STATEMENTS_MAX = 25;
  public static final int NEXT_TOKEN_CHARS_MAX = 32_768;
  public static final int BATCH_BYTES_MAX = 16 * 1024 * 1024;
  public static final int TRANSACTION_ACTIONS_MAX = 100;
  public static final int TRANSACTION_BYTES_MAX = 4 * 1024 * 1024;
  public static final int REQUEST_TOKEN_CHARS_MAX = 36;
  public static final int BODY_BYTES_MAX = 16 * 1024 * 1024;
  public static final int TABLES_MAX = 2_500;
  public static final int TABLE_NAME_CHARS_MIN = 3;
  public static final int TABLE_NAME_CHARS_MAX = 255;
  public static final int TABLE_ARN_CHARS_MAX = 1024;
  public static final int LIST_TABLES_MAX = 100;
  public static final int LIST_STREAMS_MAX = 100;
  public static final int DESCRIBE_STREAM_SHARDS_MAX = 100;
  public static final int GET_RECORDS_MAX = 1_000;
  public static final int SHARD_ITERATOR_CHARS_MAX = 2_048;
  public static final int LOCAL_INDEXES_MAX = 5;
  public static final int GLOBAL_INDEXES_MAX = 20;

  /// Attributes that make the partition key of a global index, or its sort key.
  public static final int GLOBAL_INDEX_KEY_ATTRIBUTES_MAX = 4;

  public static final int PROJECTED_ATTRIBUTES_PER_INDEX_MAX = 20;
  public static final int PROJECTED_ATTRIBUTES_PER_TABLE_MAX = 100;
  public static final int TAGS_MAX = 50;
  public static final int TAG_KEY_CHARS_MAX = 128;
  public static final int TAG_VALUE_CHARS_MAX = 256;

  /// One partition key's items and local index entries, on a table with local secondary indexes.
  public static final long ITEM_COLLECTION_BYTES_MAX = 10L * 1024 * 1024 * 1024;

  public static final int READ_UNIT_BYTES = 4096;
  public static final int WRITE_UNIT_BYTES = 1024;

  private Limits() {}
}
