package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// A RocksDB iterator with bounds. RocksDB pins the state of the store when it creates an iterator,
/// which makes the snapshot.
final class RocksCursor implements Cursor {
  private final Path folder;
  private final Runnable whenClosed;
  private final boolean descending;
  private final Slice from;
  private final Slice to;
  private final ReadOptions options;
  private final RocksIterator items;
  private boolean started;
  private boolean closed;

  RocksCursor(RocksStoreHandle store, byte[] from, byte[] to, boolean descending) {
    this.folder = store.folder();
    this.whenClosed = store.cursorClosed();
    this.descending = descending;
    this.from = new Slice(from);
    this.to = new Slice(to);
    this.options = new ReadOptions().setIterateLowerBound(this.from).setIterateUpperBound(this.to);
    this.items = store.database().newIterator(options);
  }

  @Override
  public boolean next() throws IOException {
    move();
    if (items.isValid()) {
      return true;
    }
    try {
      items.status();
      return false;
    } catch (RocksDBException e) {
      throw RocksFailure.of(folder, "scan", e);
    }
  }

  private void move() {
    if (started) {
      if (items.isValid()) {
        step();
      }
    } else {
      started = true;
      start();
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

  /// What a cursor needs of its store.
  record RocksStoreHandle(RocksDB database, Path folder, Runnable cursorClosed) {}
}
