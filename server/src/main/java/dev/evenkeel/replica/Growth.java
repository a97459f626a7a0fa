package dev.evenkeel.replica;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Number and bytes of items and of the entries of each local index, or how they change. Immutable.
///
/// ```
/// encoded = pairs (1) ‖ (count (8) ‖ bytes (8)) per pair      pair 0: items; pair n: local index n
/// ```
final class Growth {
  static final Growth NONE = new Growth(new long[0]);

  /// Count and bytes in turn; what is missing at the end is zero.
  private final long[] values;

  private Growth(long[] values) {
    this.values = values;
  }

  static Growth ofItems(long count, long bytes) {
    return new Growth(new long[] {count, bytes});
  }

  ReplicaState.Total pair(int number) {
    int at = 2 * number;
    return at < values.length
        ? new ReplicaState.Total(values[at], values[at + 1])
        : ReplicaState.Total.NONE;
  }

  /// This and, in that pair, more.
  Growth plus(int number, long count, long bytes) {
    long[] sum = Arrays.copyOf(values, Math.max(values.length, 2 * number + 2));
    sum[2 * number] += count;
    sum[2 * number + 1] += bytes;
    return new Growth(sum);
  }

  Growth plus(Growth more) {
    if (more.values.length == 0) {
      return this;
    }
    long[] sum = Arrays.copyOf(values, Math.max(values.length, more.values.length));
    for (int i = 0; i < more.values.length; i++) {
      sum[i] += more.values[i];
    }
    return new Growth(sum);
  }

  Growth negated() {
    return new Growth(Arrays.stream(values).map(value -> -value).toArray());
  }

  int encodedBytes() {
    return 1 + values.length * Long.BYTES;
  }

  void encode(ByteBuffer out) {
    out.put((byte) (values.length / 2));
    for (long value : values) {
      out.putLong(value);
    }
  }

  static Growth decode(ByteBuffer in) {
    long[] values = new long[2 * in.get()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.getLong();
    }
    return new Growth(values);
  }
}
