package dev.evenkeel.storage;

/// What a store uses at one moment, in bytes unless said otherwise.
///
/// @param keys about how many keys there are
/// @param memtableBytes written but not yet on disk; what a crash would have to replay
/// @param blockCacheBytes blocks held in memory for reads
/// @param tableReaderBytes indexes and filters, which stay in memory
/// @param fileBytes data files on disk
/// @param pendingCompactionBytes estimate of the rewriting that is due
/// @param stalledWrites whether writes are slowed down or stopped at this moment
public record StoreGauges(
    long keys,
    long memtableBytes,
    long blockCacheBytes,
    long tableReaderBytes,
    long fileBytes,
    long pendingCompactionBytes,
    boolean stalledWrites) {}
