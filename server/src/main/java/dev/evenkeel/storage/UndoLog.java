package dev.evenkeel.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the writes since the last flush replaced, so that a simulated crash can take them back.
/// Guarded by the store's lock.
final class UndoLog {
  private final Deque<List<Replaced>> batches = new ArrayDeque<>();

  /// Starts the record of one more batch.
  void begin() {
    batches.addLast(new ArrayList<>());
  }

  /// Adds to the batch begun last.
  void replaced(byte[] key, byte @Nullable [] value) {
    batches.getLast().add(new Replaced(key, value));
  }

  void clear() {
    batches.clear();
  }

  int size() {
    return batches.size();
  }

  /// Hands out what was replaced, newest first, until only the `keep` oldest batches stand.
  void unwind(int keep, Consumer<Replaced> restore) {
    while (batches.size() > keep) {
      batches.removeLast().reversed().forEach(restore);
    }
  }

  /// The value of a key before a change; null when there was none.
  @SuppressWarnings("ArrayRecordComponent")
  record Replaced(byte[] key, byte @Nullable [] value) {}
}
