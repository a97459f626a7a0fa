package dev.evenkeel.replica;

import java.nio.ByteBuffer;

/// What tells one transaction from all others, in the order of their beginnings.
///
/// @param startedMillis wall time of its coordinator when it began, ms since 1970
/// @param chance told apart by it are those of one millisecond
public record TransactionId(long startedMillis, long chance) implements Comparable<TransactionId> {
  /// Before all.
  public static final TransactionId NONE = new TransactionId(0, 0);

  static final int BYTES = 2 * Long.BYTES;
  private static final int HEX = 16;

  @Override
  public int compareTo(TransactionId other) {
    int byTime = Long.compare(startedMillis, other.startedMillis);
    return byTime != 0 ? byTime : Long.compareUnsigned(chance, other.chance);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(startedMillis).putLong(chance).array();
  }

  /// @param from its bytes at the buffer's place
  static TransactionId read(ByteBuffer from) {
    return new TransactionId(from.getLong(), from.getLong());
  }

  /// 32 hexadecimal digits, in the same order.
  public String text() {
    return digits(startedMillis) + digits(chance);
  }

  /// @throws NumberFormatException when it is no such text
  public static TransactionId parse(String text) {
    if (text.length() != 2 * HEX) {
      throw new NumberFormatException("no transaction's id: " + text);
    }
    return new TransactionId(
        Long.parseUnsignedLong(text.substring(0, HEX), HEX),
        Long.parseUnsignedLong(text.substring(HEX), HEX));
  }

  private static String digits(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(HEX - digits.length()) + digits;
  }
}
