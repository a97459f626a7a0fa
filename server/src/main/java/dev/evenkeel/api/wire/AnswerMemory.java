package dev.evenkeel.api.wire;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Arrays of large answers that were sent, for others to be written into: what is new is zeroed
/// first, and comes into the processor's caches at the cost of all else. Any thread.
final class AnswerMemory {
  /// Of an array that is kept.
  static final int ARRAY_BYTES = 128 << 10;

  /// A smaller answer takes memory of its own: an array kept for it would do little.
  private static final int ANSWER_BYTES_MIN = 16 << 10;

  private static final int KEPT_MAX = 16;

  private static final AtomicReferenceArray<byte @Nullable []> KEPT =
      new AtomicReferenceArray<>(KEPT_MAX);

  private AnswerMemory() {}

  /// At least that many bytes, which may hold anything.
  static byte[] take(int bytes) {
    if (bytes < ANSWER_BYTES_MIN || bytes > ARRAY_BYTES) {
      return new byte[bytes];
    }
    for (int i = 0; i < KEPT_MAX; i++) {
      byte[] kept = KEPT.get(i);
      if (kept != null && KEPT.compareAndSet(i, kept, null)) {
        return kept;
      }
    }
    return new byte[ARRAY_BYTES];
  }

  /// Takes an array back that nobody looks at any more. Those of another size are not kept.
  static void giveBack(byte[] array) {
    if (array.length != ARRAY_BYTES) {
      return;
    }
    for (int i = 0; i < KEPT_MAX; i++) {
      if (KEPT.get(i) == null && KEPT.compareAndSet(i, null, array)) {
        return;
      }
    }
  }
}
