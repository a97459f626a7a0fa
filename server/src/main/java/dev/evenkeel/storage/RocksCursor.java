package dev.evenkeel.storage;

import java.io.IOException;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// A RocksDB iterator with bounds. RocksDB pins the state of the store when it creates an iterator,
/// which makes the snapshot.
final class RocksCursor implements Cursor {
  private final RocksFailure failure;
  private final Runnable whenClosed;
  private final boolean descending;
  private final Slice from;
  private final Slice to;
  private final ReadOptions options;
  private final RocksIterator items;
  private boolean started;

  /// Whether it stands at an item.
  private boolean valid;

  private boolean cutShort;
  private boolean closed;

  /// @param options this cursor's own
  RocksCursor(RocksStoreHandle store, ReadOptions options, Walk walk) {
    this.failure = store.failure();
    this.whenClosed = store.cursorClosed();
    this.descending = walk.descending();
    this.from = new Slice(walk.from());
    this.to = new Slice(walk.to());
    this.options = options.setIterateLowerBound(from).setIterateUpperBound(to);
    this.items = store.database().newIterator(options);
  }

  @Override
  public boolean next() throws IOException {
    if (started && !valid) {
      return false;
    }
    if (started) {
      step();
    } else {
      started = true;
      start();
    }
    valid = items.isValid();
    if (!valid) {
      requireEnd();
    }
    return valid;
  }

  /// Tells the end of the range from that of memory and from a failure.
  private void requireEnd() throws IOException {
    try {
      items.status();
    } catch (RocksDBException e) {
      cutShort = RocksFailure.isOutsideMemory(e);
      if (cutShort) {
        return;
      }
      throw failure.of("scan", e);
    }
  }

  private void start() {
    if (descending) {
      items.seekToLast();
    } else {
      items.seekToFirst();
    }
  }

  private void step() {
    if (descending) {
      items.prev();
    } else {
      items.next();
    }
  }

  @Override
  public byte[] key() {
    return items.key();
  }

  @Override
  public byte[] value() {
    return items.value();
  }

  @Override
  public boolean isCutShort() {
    return cutShort;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    items.close();
    options.close();
    to.close();
    from.close();
    whenClosed.run();
  }

  /// Which items, `[from, to)`, and which way.
  @SuppressWarnings("ArrayRecordComponent")
  record Walk(byte[] from, byte[] to, boolean descending) {}

  /// What a cursor needs of its store.
  record RocksStoreHandle(RocksDB database, RocksFailure failure, Runnable cursorClosed) {}
}
