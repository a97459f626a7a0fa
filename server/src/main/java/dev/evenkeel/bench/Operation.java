package dev.evenkeel.bench;

/// One kind of operation, as results name it.
public enum Operation {
  /// GetItem of one key.
  READ("read"),
  /// UpdateItem that sets one field of one item.
  UPDATE("update"),
  /// PutItem of a key that no one has written before.
  INSERT("insert"),
  /// PutItem of a whole item under a key that exists.
  WRITE("write"),
  /// Query of one partition key with a page of 1 MB.
  QUERY("query"),
  /// BatchWriteItem that puts [#BATCHED] whole items under keys that exist.
  BATCH_WRITE("batch-write"),
  /// TransactWriteItems that puts [#TRANSACTED] whole items into one table.
  TRANSACT_WRITE("transact-write"),
  /// The same, each item into a table of its own.
  SPREAD_WRITE("spread-write"),
  /// Scan of 1 to 100 items from a random key on (YCSB's short scan; keys are in hash order).
  SHORT_SCAN("short-scan"),
  /// GetItem, then UpdateItem of the same key; one latency over both.
  READ_MODIFY_WRITE("read-modify-write"),
  /// One page of a Scan of the whole table.
  SCAN_PAGE("scan-page");

  /// Items of a BatchWriteItem: as many as it takes.
  public static final int BATCHED = 25;

  /// Items of a TransactWriteItems.
  public static final int TRANSACTED = 4;

  private final String label;

  Operation(String label) {
    this.label = label;
  }

  /// Items that one of it writes.
  public int writes() {
    return switch (this) {
      case READ, QUERY, SHORT_SCAN, SCAN_PAGE -> 0;
      case UPDATE, INSERT, WRITE, READ_MODIFY_WRITE -> 1;
      case BATCH_WRITE -> BATCHED;
      case TRANSACT_WRITE, SPREAD_WRITE -> TRANSACTED;
    };
  }

  /// The name in results.
  public String label() {
    return label;
  }
}
