package dev.evenkeel.storage;

import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.HyperClockCache;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/// How RocksDB is set up, with the reasons. Owns the native option objects, which must outlive the
/// database that was opened with them.
///
/// The aim is a cost per write that stays flat from ten thousand to a million items, and a cost per
/// read that depends only on whether the block is in memory.
final class RocksTuning implements AutoCloseable {
  static {
    // Not all of RocksDB's classes load it themselves.
    RocksDB.loadLibrary();
  }

  /// Bigger than RocksDB's 4 KB: a quarter of the index, less CPU and less writing per put.
  private static final long BLOCK_BYTES = 16 << 10;

  /// One false positive in a hundred. Inserts ask for keys that are not there, so filters are kept
  /// on the last level too.
  private static final double FILTER_BITS_PER_KEY = 10;

  /// Files of level 0 that start a compaction: twice RocksDB's 4, so that half as much is rewritten
  /// for a write, while a read for an absent key still asks few filters.
  private static final int LEVEL0_COMPACTION_FILES = 8;

  private static final int LEVEL0_SLOWDOWN_FILES = 24;
  private static final int LEVEL0_STOP_FILES = 40;

  /// As much as level 0 holds when its compaction starts.
  private static final long BASE_LEVEL_BYTES = 512L << 20;

  private static final long FILE_BYTES = 64L << 20;

  /// Dirty pages are handed to the device in steps of this size rather than all at the end.
  private static final long WRITE_BACK_BYTES = 1 << 20;

  /// The cache takes no lock on a hit, and grows its table as entries come.
  private static final long SIZED_BY_ITSELF = 0;

  private static final int SHARDS_BY_CAPACITY = -1;

  /// Of the memtable's bytes; some 150 bits for a key of an item of 1 KB.
  private static final double MEMTABLE_FILTER_SHARE = 0.02;

  private static final int LOG_FILES = 4;
  private static final long LOG_FILE_BYTES = 4 << 20;
  private static final long MANIFEST_BYTES = 16 << 20;

  private final Cache cache;
  private final BloomFilter filter;
  private final Options options;

  RocksTuning(RocksSettings settings) {
    cache =
        new HyperClockCache(settings.blockCacheBytes(), SIZED_BY_ITSELF, SHARDS_BY_CAPACITY, false);
    filter = new BloomFilter(FILTER_BITS_PER_KEY);
    options = new Options();
    options.setCreateIfMissing(true).setTableFormatConfig(blocks());
    memory(settings);
    levels();
    files();
    log();
  }

  Options options() {
    return options;
  }

  Cache cache() {
    return cache;
  }

  /// Indexes and filters live with the open files (all files are kept open), outside the cache,
  /// where no scan can evict them. Every block carries a checksum, verified when it is read.
  private BlockBasedTableConfig blocks() {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setBlockSize(BLOCK_BYTES)
        .setFilterPolicy(filter)
        .setWholeKeyFiltering(true)
        .setCacheIndexAndFilterBlocks(false);
  }

  /// Batches come from few writers and are large, so one thread inserts a batch at a time, which is
  /// cheaper than an insertion that others may join. A filter spares a read the search of every
  /// table in memory that does not have its key.
  private void memory(RocksSettings settings) {
    options
        .setWriteBufferSize(settings.memtableBytes())
        .setMaxWriteBufferNumber(settings.memtables())
        .setMaxBackgroundJobs(settings.backgroundJobs())
        .setAllowConcurrentMemtableWrite(false)
        .setMemtableWholeKeyFiltering(true)
        .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_SHARE);
  }

  /// Young levels are rewritten soon and stay uncompressed; LZ4 below costs little and halves what
  /// compresses. Levels fill from the last one up: the space lost to superseded values stays near a
  /// tenth, and a young database skips the levels between.
  private void levels() {
    CompressionType none = CompressionType.NO_COMPRESSION;
    CompressionType cheap = CompressionType.LZ4_COMPRESSION;
    options
        .setLevelCompactionDynamicLevelBytes(true)
        .setNumLevels(7)
        .setCompressionPerLevel(List.of(none, none, cheap, cheap, cheap, cheap, cheap))
        .setLevel0FileNumCompactionTrigger(LEVEL0_COMPACTION_FILES)
        .setLevel0SlowdownWritesTrigger(LEVEL0_SLOWDOWN_FILES)
        .setLevel0StopWritesTrigger(LEVEL0_STOP_FILES)
        .setMaxBytesForLevelBase(BASE_LEVEL_BYTES)
        .setTargetFileSizeBase(FILE_BYTES)
        .setOptimizeFiltersForHits(false);
  }

  /// Closing does not flush: what a caller did not ask to be durable is dropped, always, so that
  /// the path taken after a crash is the path taken every time.
  private void files() {
    options
        .setMaxOpenFiles(-1)
        .setParanoidChecks(true)
        .setAvoidFlushDuringShutdown(true)
        .setBytesPerSync(WRITE_BACK_BYTES)
        .setMaxManifestFileSize(MANIFEST_BYTES);
  }

  private void log() {
    options
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(LOG_FILES)
        .setMaxLogFileSize(LOG_FILE_BYTES)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  @Override
  public void close() {
    options.close();
    filter.close();
    cache.close();
  }
}
