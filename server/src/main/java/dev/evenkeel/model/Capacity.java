package dev.evenkeel.model;

/// Capacity units by AWS's published rules, in half units, so that they are exact integers.
///
/// Source: [Read and write
/// operations](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html)
public final class Capacity {
  /// Half units in one unit.
  public static final int HALVES = 2;

  private Capacity() {}

  /// Half read units for that many bytes; nothing read costs as much as the smallest item.
  public static long readHalves(long bytes, boolean consistent) {
    long blocks = Math.max(1, ceilDivide(bytes, Limits.READ_UNIT_BYTES));
    return consistent ? blocks * HALVES : blocks;
  }

  /// Half write units for a change from an item of `bytesBefore` to one of `bytesAfter` (0: none).
  public static long writeHalves(long bytesBefore, long bytesAfter) {
    long bytes = Math.max(bytesBefore, bytesAfter);
    return Math.max(1, ceilDivide(bytes, Limits.WRITE_UNIT_BYTES)) * HALVES;
  }

  public static double units(long halves) {
    return halves / (double) HALVES;
  }

  private static long ceilDivide(long bytes, long unit) {
    return Math.ceilDiv(bytes, unit);
  }
}
