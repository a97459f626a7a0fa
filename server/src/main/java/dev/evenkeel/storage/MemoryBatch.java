package dev.evenkeel.storage;

import java.util.ArrayList;
import java.util.List;

/// A batch as the list of its changes.
final class MemoryBatch implements Batch {
  private final List<Change> changes = new ArrayList<>();

  List<Change> list() {
    return changes;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    changes.add(new Put(key, value));
  }

  @Override
  public void delete(byte[] key) {
    changes.add(new Delete(key));
  }

  @Override
  public void deleteRange(byte[] from, byte[] to) {
    changes.add(new DeleteRange(from, to));
  }

  @Override
  public int changes() {
    return changes.size();
  }

  @Override
  public void clear() {
    changes.clear();
  }

  @Override
  public void close() {
    changes.clear();
  }

  /// One call; never compared with another.
  sealed interface Change {}

  @SuppressWarnings("ArrayRecordComponent")
  record Put(byte[] key, byte[] value) implements Change {}

  @SuppressWarnings("ArrayRecordComponent")
  record Delete(byte[] key) implements Change {}

  @SuppressWarnings("ArrayRecordComponent")
  record DeleteRange(byte[] from, byte[] to) implements Change {}
}
