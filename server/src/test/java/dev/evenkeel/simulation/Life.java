package dev.evenkeel.simulation;

import java.util.random.RandomGenerator;

/// One life of a simulated node's process: from its start to its crash. When it is over, nothing of
/// it runs any more: its events are dropped, its threads stay parked and are garbage.
final class Life {
  private final Simulator simulator;
  private final String name;
  private final Runnable afterEvent;
  private boolean over;
  private long pausedUntilNanos;

  /// @param afterEvent run after each event of this life
  Life(Simulator simulator, String name, Runnable afterEvent) {
    this.simulator = simulator;
    this.name = name;
    this.afterEvent = afterEvent;
  }

  /// Of the node and the life: `node-1/7`.
  String name() {
    return name;
  }

  Simulator simulator() {
    return simulator;
  }

  RandomGenerator stream(String purpose) {
    return simulator.stream(name + "/" + purpose);
  }

  Simulator.Event after(long delayNanos, String kind, Runnable task) {
    return simulator.after(delayNanos, this, kind, task);
  }

  /// Nothing of it happens for so long.
  void pause(long nanos) {
    pausedUntilNanos = Math.max(pausedUntilNanos, simulator.nowNanos() + nanos);
  }

  /// Until when it stands still; past if it does not.
  long pausedUntilNanos() {
    return pausedUntilNanos;
  }

  boolean isOver() {
    return over;
  }

  void end() {
    over = true;
  }

  void afterEvent() {
    afterEvent.run();
  }
}
