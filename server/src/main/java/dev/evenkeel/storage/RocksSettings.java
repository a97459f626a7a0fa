package dev.evenkeel.storage;

import java.nio.file.Path;

/// How a [RocksItemStore] is opened.
///
/// @param folder where its files are; created when missing, its parent must exist
/// @param blockCacheBytes bound on the blocks held for reads; taken as it fills, not at the start.
///   The first thing to raise: a read from it costs a fifth of a read from the page cache
/// @param memtableBytes size at which the table in memory is written out
/// @param memtables how many of those may exist before writes wait for the disk
/// @param backgroundJobs flushes and compactions at the same time
public record RocksSettings(
    Path folder, long blockCacheBytes, long memtableBytes, int memtables, int backgroundJobs) {
  public static final long DEFAULT_BLOCK_CACHE_BYTES = 1L << 30;
  public static final long DEFAULT_MEMTABLE_BYTES = 64L << 20;
  public static final int DEFAULT_MEMTABLES = 4;
  public static final int DEFAULT_BACKGROUND_JOBS = 2;

  public RocksSettings {
    if (blockCacheBytes < 0 || memtableBytes <= 0 || memtables < 2 || backgroundJobs < 1) {
      throw new IllegalArgumentException("no store can be opened with these sizes");
    }
  }

  public static RocksSettings of(Path folder) {
    return new RocksSettings(
        folder,
        DEFAULT_BLOCK_CACHE_BYTES,
        DEFAULT_MEMTABLE_BYTES,
        DEFAULT_MEMTABLES,
        DEFAULT_BACKGROUND_JOBS);
  }

  public RocksSettings withBlockCacheBytes(long bytes) {
    return new RocksSettings(folder, bytes, memtableBytes, memtables, backgroundJobs);
  }

  public RocksSettings withMemtableBytes(long bytes) {
    return new RocksSettings(folder, blockCacheBytes, bytes, memtables, backgroundJobs);
  }
}
