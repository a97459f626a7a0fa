package dev.evenkeel.telemetry;

import java.util.concurrent.atomic.LongAdder;

/// A number that only grows. Cheap under contention.
public final class Counter {
  private final LongAdder adder = new LongAdder();

  Counter() {}

  public void increment() {
    adder.increment();
  }

  /// @param amount not negative
  public void add(long amount) {
    adder.add(amount);
  }

  public long value() {
    return adder.sum();
  }
}
