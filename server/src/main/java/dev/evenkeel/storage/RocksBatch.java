package dev.evenkeel.storage;

import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// A batch in RocksDB's own memory.
final class RocksBatch implements Batch {
  private final WriteBatch changes = new WriteBatch();

  WriteBatch changesForWrite() {
    return changes;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    try {
      changes.put(key, value);
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  @Override
  public void delete(byte[] key) {
    try {
      changes.delete(key);
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  @Override
  public void deleteRange(byte[] from, byte[] to) {
    if (Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    try {
      changes.deleteRange(from, to);
    } catch (RocksDBException e) {
      throw refused(e);
    }
  }

  @Override
  public int changes() {
    return changes.count();
  }

  @Override
  public void clear() {
    changes.clear();
  }

  @Override
  public void close() {
    changes.close();
  }

  /// A batch is memory: nothing but a bug (a batch of over 4 GB) makes it refuse a change.
  private static IllegalStateException refused(RocksDBException cause) {
    return new IllegalStateException("the batch took no further change", cause);
  }
}
