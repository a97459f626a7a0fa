package dev.evenkeel.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a run needs to know.
///
/// @param json whether the result is JSON instead of text
public record BenchOptions(Target target, Workload workload, Data data, Pace pace, boolean json) {

  /// Whom to ask.
  ///
  /// @param endpoint `http` or `https`, host and port
  /// @param region as signatures name it
  /// @param credentials to sign with, or null to send a fixed header that carries no valid
  ///   signature
  /// @param table created if it is missing
  /// @param timeout after which a request without an answer counts as an error
  public record Target(
      URI endpoint,
      String region,
      @Nullable Credentials credentials,
      String table,
      Duration timeout) {}

  /// What is in the table and how it is asked for.
  ///
  /// @param items keys `0` to `items - 1` exist, or will when they are loaded
  /// @param itemBytes size of one item by DynamoDB's rules, attribute names included
  /// @param fields attributes of an item next to its key
  /// @param collection items that share a partition key; 1 for a table without a sort key
  /// @param distribution null for the workload's own
  /// @param eventual whether reads are eventually consistent
  /// @param seed of every random choice
  public record Data(
      long items,
      int itemBytes,
      int fields,
      int collection,
      @Nullable Distribution distribution,
      boolean eventual,
      long seed) {}

  /// How hard to push and for how long.
  ///
  /// @param connections in all
  /// @param pipeline requests outstanding on one connection
  /// @param threads event loops
  /// @param rate operations per second that are due (open loop), or 0 for as fast as answers come
  /// @param warmup not measured
  /// @param duration measured; ignored where `operations` or the workload says when to end
  /// @param operations to measure, or 0 for as many as the duration allows
  public record Pace(
      int connections,
      int pipeline,
      int threads,
      double rate,
      Duration warmup,
      Duration duration,
      long operations) {
    /// Whether operations are due at fixed times.
    boolean isOpenLoop() {
      return rate > 0;
    }
  }

  /// The tables that the workload needs.
  List<String> tables() {
    List<String> tables = new ArrayList<>(List.of(target.table()));
    for (int i = 2; workload == Workload.SPREAD && i <= Operation.TRANSACTED; i++) {
      tables.add(target.table() + "-" + i);
    }
    return tables;
  }

  /// The distribution in force.
  Distribution distribution() {
    Distribution chosen = data.distribution();
    return chosen == null ? workload.distribution() : chosen;
  }

  /// The same run on another table.
  BenchOptions withTable(String table) {
    Target other =
        new Target(
            target.endpoint(), target.region(), target.credentials(), table, target.timeout());
    return new BenchOptions(other, workload, data, pace, json);
  }

  /// The same run with another workload.
  public BenchOptions withWorkload(Workload other) {
    return new BenchOptions(target, other, data, pace, json);
  }

  /// The same run at another pace.
  public BenchOptions withPace(Pace other) {
    return new BenchOptions(target, workload, data, other, json);
  }

  /// The same run on other data.
  public BenchOptions withData(Data other) {
    return new BenchOptions(target, workload, other, pace, json);
  }
}
