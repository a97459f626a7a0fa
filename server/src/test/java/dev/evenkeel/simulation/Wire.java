package dev.evenkeel.simulation;

import java.util.random.RandomGenerator;

/// The way from one node to another, in that direction: how long frames take, and what happens to
/// them. Everything can be set at any time and holds for frames sent from then on.
public final class Wire {
  private static final long DELAY_NANOS_MIN = 50_000;
  private static final long DELAY_NANOS_MAX = 300_000;
  private static final int HICCUP_ONE_IN = 2_000;
  private static final long HICCUP_NANOS_MAX = 20_000_000;
  private static final long REORDER_NANOS_MAX = 5_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Simulator simulator;
  private final RandomGenerator random;
  private long delayMin = DELAY_NANOS_MIN;
  private long delayMax = DELAY_NANOS_MAX;
  private int hiccupOneIn = HICCUP_ONE_IN;
  private long hiccupMax = HICCUP_NANOS_MAX;
  private long bytesPerSecond = Long.MAX_VALUE;
  private boolean cut;
  private double lossChance;
  private double duplicateChance;
  private double reorderChance;
  private double corruptChance;
  private double breakChance;

  /// Until when the bandwidth is used up by frames sent before.
  private long freeAtNanos;

  Wire(Simulator simulator, String name) {
    this.simulator = simulator;
    this.random = simulator.stream("wire/" + name);
  }

  /// Frames take between `min` and `max`.
  public void delay(long minNanos, long maxNanos) {
    delayMin = minNanos;
    delayMax = maxNanos;
  }

  /// One frame in so many takes up to that much longer; 0: none.
  public void hiccups(int oneIn, long nanosMax) {
    hiccupOneIn = oneIn;
    hiccupMax = nanosMax;
  }

  public void bandwidth(long newBytesPerSecond) {
    bytesPerSecond = newBytesPerSecond;
  }

  /// Whether nothing goes through. Frames wait, as in TCP, until it does again or the connection
  /// breaks for waiting too long.
  public void cut(boolean now) {
    cut = now;
  }

  /// Shares of frames that vanish, come twice, or come out of order, each for itself. A connection
  /// does none of that; protocols that do not depend on connections are tested so. The first frame
  /// of a connection is spared, so that it comes about.
  public void unreliable(double loss, double duplicates, double reordered) {
    lossChance = loss;
    duplicateChance = duplicates;
    reorderChance = reordered;
  }

  /// The share of frames in which a bit changes.
  public void corruption(double chance) {
    corruptChance = chance;
  }

  /// The share of frames at which the connection breaks; some that were sent before are lost too.
  public void breaks(double chance) {
    breakChance = chance;
  }

  /// As at the beginning.
  public void heal() {
    delay(DELAY_NANOS_MIN, DELAY_NANOS_MAX);
    hiccups(HICCUP_ONE_IN, HICCUP_NANOS_MAX);
    bandwidth(Long.MAX_VALUE);
    cut = false;
    unreliable(0, 0, 0);
    corruptChance = 0;
    breakChance = 0;
  }

  boolean isCut() {
    return cut;
  }

  /// Until the last byte has arrived.
  long delay(int bytes) {
    long delay = delayMin + random.nextLong(delayMax - delayMin + 1);
    if (hiccupOneIn > 0 && random.nextInt(hiccupOneIn) == 0) {
      delay += random.nextLong(hiccupMax + 1);
    }
    if (bytesPerSecond != Long.MAX_VALUE) {
      long now = simulator.nowNanos();
      freeAtNanos = Math.max(freeAtNanos, now) + bytes * NANOS_PER_SECOND / bytesPerSecond;
      delay += freeAtNanos - now;
    }
    return delay;
  }

  boolean loses() {
    return occurs(lossChance);
  }

  boolean duplicates() {
    return occurs(duplicateChance);
  }

  boolean reorders() {
    return occurs(reorderChance);
  }

  boolean corrupts() {
    return occurs(corruptChance);
  }

  boolean breaks() {
    return occurs(breakChance);
  }

  long reorderNanos() {
    return random.nextLong(REORDER_NANOS_MAX);
  }

  int place(int bound) {
    return random.nextInt(bound);
  }

  private boolean occurs(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }
}
