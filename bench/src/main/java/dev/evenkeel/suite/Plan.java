package dev.evenkeel.suite;

import java.nio.file.Path;
import java.time.Duration;

/// How long and how large: the full suite, or a quick look.
///
/// @param root of the repository
/// @param work where data, logs and the report go; on the disk that is to be measured
/// @param starts of the server for the start-up figures
/// @param warmup of each process and operation before it is measured
/// @param rounds per comparison
/// @param round length of a round
/// @param halfLoad length of the runs at half load
/// @param fewItems in the small table
/// @param manyItems in the large one
/// @param smallItems in the table that is scanned
record Plan(
    Path root,
    Path work,
    int starts,
    Duration warmup,
    int rounds,
    Duration round,
    Duration halfLoad,
    long fewItems,
    long manyItems,
    long smallItems) {

  /// About twelve minutes.
  static Plan full(Path root, Path work) {
    return new Plan(
        root,
        work,
        9,
        Duration.ofSeconds(25),
        7,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        10_000,
        1_000_000,
        500_000);
  }

  /// Less than three minutes, and figures to match.
  static Plan quick(Path root, Path work) {
    return new Plan(
        root,
        work,
        3,
        Duration.ofSeconds(6),
        3,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        10_000,
        100_000,
        100_000);
  }
}
