package dev.evenkeel.wal;

import dev.evenkeel.telemetry.Counter;
import dev.evenkeel.telemetry.LatencyHistogram;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.telemetry.Telemetry;

/// The log's figures and its rare events.
final class LogMeter {
  static final String TORN_TAIL = "wal.torn-tail-truncated";
  static final String SEGMENT_CREATED = "wal.segment-created";
  static final String SEGMENT_REUSED = "wal.segment-reused";
  static final String SEGMENT_FREED = "wal.segment-freed";
  static final String DISK_FULL = "wal.disk-full";
  static final String DISK_ROOM_AGAIN = "wal.disk-room-again";
  static final String OVERLOADED = "wal.overloaded";
  static final String FAILED = "wal.failed";
  static final String SHARED_BATCH = "wal.batch-of-several-groups";

  private final Counter records;
  private final Counter bytes;
  private final Counter batches;
  private final LatencyHistogram sync;
  private final Probes probes;

  LogMeter(Telemetry telemetry) {
    records = telemetry.counter("wal.records", "Records made durable in the write-ahead log.");
    bytes = telemetry.counter("wal.bytes", "Bytes of records in the write-ahead log.");
    batches = telemetry.counter("wal.batches", "Batches written to the write-ahead log.");
    sync = telemetry.latency("wal.sync", "Write and sync of a batch of the write-ahead log.");
    probes = telemetry.probes();
  }

  void batch(int batchRecords, int batchBytes, long nanos) {
    records.add(batchRecords);
    bytes.add(batchBytes);
    batches.increment();
    sync.record(nanos);
  }

  void hit(String event) {
    probes.hit(event);
  }
}
