package dev.evenkeel.bench;

import static dev.evenkeel.bench.Distribution.LATEST;
import static dev.evenkeel.bench.Distribution.UNIFORM;
import static dev.evenkeel.bench.Distribution.ZIPFIAN;
import static dev.evenkeel.bench.Operation.BATCH_WRITE;
import static dev.evenkeel.bench.Operation.INSERT;
import static dev.evenkeel.bench.Operation.READ;
import static dev.evenkeel.bench.Operation.READ_MODIFY_WRITE;
import static dev.evenkeel.bench.Operation.SCAN_PAGE;
import static dev.evenkeel.bench.Operation.SHORT_SCAN;
import static dev.evenkeel.bench.Operation.SPREAD_WRITE;
import static dev.evenkeel.bench.Operation.TRANSACT_WRITE;
import static dev.evenkeel.bench.Operation.UPDATE;
import static dev.evenkeel.bench.Operation.WRITE;

/// A mix of operations: a main one, a second one, and the main one's share.
///
/// Source: [YCSB core workloads](https://github.com/brianfrankcooper/YCSB/wiki/Core-Workloads)
public enum Workload {
  /// Inserts every item once.
  LOAD(INSERT, INSERT, 1.0, UNIFORM, "insert every item once"),
  /// Update heavy.
  A(READ, UPDATE, 0.5, ZIPFIAN, "YCSB A: 50 % reads, 50 % updates"),
  /// Read mostly.
  B(READ, UPDATE, 0.95, ZIPFIAN, "YCSB B: 95 % reads, 5 % updates"),
  /// Read only.
  C(READ, READ, 1.0, ZIPFIAN, "YCSB C: reads only"),
  /// Read latest.
  D(READ, INSERT, 0.95, LATEST, "YCSB D: 95 % reads of the newest items, 5 % inserts"),
  /// Short scans.
  E(SHORT_SCAN, INSERT, 0.95, ZIPFIAN, "YCSB E: 95 % short scans, 5 % inserts"),
  /// Read, then modify.
  F(READ, READ_MODIFY_WRITE, 0.5, ZIPFIAN, "YCSB F: 50 % reads, 50 % read-modify-writes"),
  /// Reads of any key.
  GET(READ, READ, 1.0, UNIFORM, "GetItem only, uniform"),
  /// Whole items over existing ones.
  WRITE_ONLY(WRITE, WRITE, 1.0, UNIFORM, "PutItem over existing items only, uniform"),
  /// Collections of items.
  QUERY(Operation.QUERY, Operation.QUERY, 1.0, UNIFORM, "Query of one partition key"),
  /// Batches of whole items over existing ones.
  BATCH(BATCH_WRITE, BATCH_WRITE, 1.0, UNIFORM, "BatchWriteItem of 25 existing items"),
  /// Transactions in one table.
  TRANSACT(TRANSACT_WRITE, TRANSACT_WRITE, 1.0, UNIFORM, "TransactWriteItems of 4 existing items"),
  /// Transactions over tables.
  SPREAD(SPREAD_WRITE, SPREAD_WRITE, 1.0, UNIFORM, "the same over 4 tables"),
  /// The whole table once, a segment per connection.
  SCAN(SCAN_PAGE, SCAN_PAGE, 1.0, UNIFORM, "scan the whole table once, a segment per connection");

  private final Operation main;
  private final Operation second;
  private final double mainShare;
  private final Distribution distribution;
  private final String description;

  Workload(
      Operation main,
      Operation second,
      double mainShare,
      Distribution distribution,
      String description) {
    this.main = main;
    this.second = second;
    this.mainShare = mainShare;
    this.distribution = distribution;
    this.description = description;
  }

  /// The name on the command line: in lower case; `write` for [#WRITE_ONLY].
  public String label() {
    return this == WRITE_ONLY ? "write" : name().toLowerCase(java.util.Locale.ROOT);
  }

  /// What it does, in a few words.
  public String description() {
    return description;
  }

  /// The operation for a uniform draw from `[0, 1)`.
  Operation operation(double draw) {
    return draw < mainShare ? main : second;
  }

  /// How keys are chosen unless the user says otherwise.
  Distribution distribution() {
    return distribution;
  }

  /// Whether the run ends by itself when its work is done.
  boolean isFinite() {
    return this == LOAD || this == SCAN;
  }
}
