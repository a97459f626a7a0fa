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
  /// Scan of 1 to 100 items from a random key on (YCSB's short scan; keys are in hash order).
  SHORT_SCAN("short-scan"),
  /// GetItem, then UpdateItem of the same key; one latency over both.
  READ_MODIFY_WRITE("read-modify-write"),
  /// One page of a Scan of the whole table.
  SCAN_PAGE("scan-page");

  private final String label;

  Operation(String label) {
    this.label = label;
  }

  /// The name in results.
  public String label() {
    return label;
  }
}
