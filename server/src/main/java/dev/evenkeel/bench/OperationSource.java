package dev.evenkeel.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Decides what to do next and on which key. One per driver; the counters are shared.
final class OperationSource {
  private final Workload workload;
  private final KeyChooser chooser;
  private final RandomGenerator random;
  private final InsertedKeys keys;
  private final AtomicLong budget;

  /// @param budget how many measured operations all drivers may still start
  OperationSource(
      BenchOptions options, RandomGenerator random, InsertedKeys keys, AtomicLong budget) {
    this.workload = options.workload();
    this.chooser = KeyChooser.of(options.distribution());
    this.random = random;
    this.keys = keys;
    this.budget = budget;
  }

  /// Takes one measured operation off the budget; false when there is none left.
  boolean takeFromBudget() {
    return budget.getAndDecrement() > 0;
  }

  /// Fills in what `call` is to do.
  void next(Call call) {
    call.operation = workload.operation(random.nextDouble());
    call.second = false;
    call.key =
        switch (call.operation) {
          case INSERT -> keys.take();
          case SCAN_PAGE -> 0;
          default -> chooser.next(random, keys.count());
        };
  }

  /// Tells that `call` has been answered, well or badly.
  void answered(Call call) {
    if (call.operation == Operation.INSERT) {
      keys.answered(call.key);
    }
  }
}
