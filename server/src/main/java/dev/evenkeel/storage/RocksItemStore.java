package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/// The ordered store on disk: one RocksDB database with one column family, its own log off.
///
/// With one column family and no log, what survives a crash is an exact prefix of the writes in
/// their order: memory tables reach the disk whole and in order.
public final class RocksItemStore implements ItemStore {
  /// The file in its folder that every store has, from its first moment on.
  public static final String ROOT = "CURRENT";

  private final Path folder;
  private final RocksTuning tuning;
  private final RocksFailure failure;
  private final RocksDB database;
  private final ReadOptions anyTier = new ReadOptions();
  private final ReadOptions memoryTier = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private final WriteOptions withoutLog = new WriteOptions().setDisableWAL(true);
  private final FlushOptions flushAndWait =
      new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true);
  private final AtomicInteger openCursors = new AtomicInteger();
  private final RocksCursor.RocksStoreHandle handle;
  private volatile boolean closed;

  private RocksItemStore(RocksFailure failure, RocksTuning tuning, RocksDB database) {
    this.folder = failure.folder();
    this.failure = failure;
    this.tuning = tuning;
    this.database = database;
    this.handle = new RocksCursor.RocksStoreHandle(database, failure, openCursors::decrementAndGet);
  }

  /// Opens the store in the settings' folder, creating it where there is none.
  ///
  /// @throws IOException when another process has it open, or its files cannot be read
  /// @throws CorruptStoreException when they do not verify
  public static RocksItemStore open(RocksSettings settings) throws IOException {
    return open(settings, _ -> {});
  }

  /// The same.
  ///
  /// @param onDamage told of whatever is found later that does not verify, from any thread, perhaps
  ///   more than once
  public static RocksItemStore open(
      RocksSettings settings, Consumer<CorruptStoreException> onDamage) throws IOException {
    RocksTuning tuning = new RocksTuning(settings);
    try {
      RocksDB database = RocksDB.open(tuning.options(), settings.folder().toString());
      return new RocksItemStore(new RocksFailure(settings.folder(), onDamage), tuning, database);
    } catch (RocksDBException e) {
      tuning.close();
      throw new RocksFailure(settings.folder(), _ -> {}).of("open", e);
    }
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    requireOpen();
    try {
      return database.get(anyTier, key);
    } catch (RocksDBException e) {
      throw failure.of("read", e);
    }
  }

  /// A read of the memory tier alone: cheaper than `keyMayExist`, and it tells "absent" from "do
  /// not know". Only the latter throws, and then the disk costs more than the exception. Should a
  /// file ever be found closed, RocksDB answers with success and an empty value: that is not
  /// believed either.
  @Override
  public Lookup lookup(byte[] key) {
    requireOpen();
    try {
      byte @Nullable [] value = database.get(memoryTier, key);
      if (value == null) {
        return Lookup.ABSENT;
      }
      return value.length == 0 ? Lookup.ON_DISK : new Lookup.Found(value);
    } catch (RocksDBException e) {
      // Not swallowed: the caller is sent to get(), which meets an error again and reports it.
      return Lookup.ON_DISK;
    }
  }

  @Override
  public Batch batch() {
    requireOpen();
    return new RocksBatch();
  }

  @Override
  public void write(Batch batch) throws IOException {
    requireOpen();
    try {
      database.write(withoutLog, ((RocksBatch) batch).changesForWrite());
    } catch (RocksDBException e) {
      throw failure.of("write", e);
    }
  }

  @Override
  public Cursor scan(byte[] from, byte[] to, boolean descending) {
    requireOpen();
    openCursors.incrementAndGet();
    return new RocksCursor(handle, new ReadOptions(), new RocksCursor.Walk(from, to, descending));
  }

  /// Closing such a cursor may let go of files that a compaction has replaced; they are deleted in
  /// the background.
  @Override
  public Cursor scanMemory(byte[] from, byte[] to, boolean descending) {
    requireOpen();
    openCursors.incrementAndGet();
    ReadOptions options =
        new ReadOptions()
            .setReadTier(ReadTier.BLOCK_CACHE_TIER)
            .setBackgroundPurgeOnIteratorCleanup(true);
    return new RocksCursor(handle, options, new RocksCursor.Walk(from, to, descending));
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    try {
      database.flush(flushAndWait);
    } catch (RocksDBException e) {
      throw failure.of("flush", e);
    }
  }

  @Override
  public long approximateBytes(byte[] from, byte[] to) {
    requireOpen();
    try (Slice start = new Slice(from);
        Slice limit = new Slice(to)) {
      return database
          .getApproximateSizes(
              List.of(new Range(start, limit)),
              SizeApproximationFlag.INCLUDE_FILES,
              SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
    }
  }

  @Override
  public StoreGauges gauges() {
    requireOpen();
    return new StoreGauges(
        gauge("rocksdb.estimate-num-keys"),
        gauge("rocksdb.cur-size-all-mem-tables"),
        tuning.cache().getUsage(),
        gauge("rocksdb.estimate-table-readers-mem"),
        gauge("rocksdb.total-sst-files-size"),
        gauge("rocksdb.estimate-pending-compaction-bytes"),
        gauge("rocksdb.is-write-stopped") + gauge("rocksdb.actual-delayed-write-rate") != 0);
  }

  private long gauge(String property) {
    try {
      return database.getLongProperty(property);
    } catch (RocksDBException e) {
      throw new IllegalStateException("RocksDB has no property " + property, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    int open = openCursors.get();
    if (open != 0) {
      throw new IllegalStateException(open + " cursors of " + folder + " are still open");
    }
    closed = true;
    database.close();
    flushAndWait.close();
    withoutLog.close();
    memoryTier.close();
    anyTier.close();
    tuning.close();
  }

  /// A call after close would end the process inside native code; this makes it an exception.
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store " + folder + " is closed");
    }
  }
}
