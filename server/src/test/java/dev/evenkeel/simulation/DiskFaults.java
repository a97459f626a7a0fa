package dev.evenkeel.simulation;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What goes wrong with a [SimulatedDisk] while its node runs. Nothing does unless asked for.
public final class DiskFaults {
  private static final long NEVER = Long.MAX_VALUE;

  private final RandomGenerator random;
  private final Map<Operation, Double> chances = new EnumMap<>(Operation.class);
  private final Map<Operation, Integer> next = new EnumMap<>(Operation.class);
  private final Map<Operation, Integer> failed = new EnumMap<>(Operation.class);
  private long capacityBytes = Long.MAX_VALUE;
  private long operations;
  private long powerLossAt = NEVER;
  private int refusedForSpace;
  private boolean off;

  /// What can fail.
  public enum Operation {
    READ,
    WRITE,
    SYNC,
    /// Opening, renaming and deleting.
    NAMES,
    SYNC_FOLDER
  }

  DiskFaults(RandomGenerator random) {
    this.random = random;
  }

  /// The next one fails with "Input/output error".
  public void failNext(Operation operation) {
    next.merge(operation, 1, Integer::sum);
  }

  /// Each one fails with that chance, from now on.
  public void chance(Operation operation, double chance) {
    chances.put(operation, chance);
  }

  /// From now on all files together may have that many bytes.
  public void capacityBytes(long bytes) {
    capacityBytes = bytes;
  }

  /// The machine loses power at that operation from now on, counted from 1: the operation is not
  /// carried out, it and all later ones throw [PowerLoss] until [SimulatedDisk#crash].
  public void powerLossAtOperation(long number) {
    powerLossAt = operations + number;
  }

  /// Operations so far, of all kinds; a sync's completion is none.
  public long operations() {
    return operations;
  }

  /// How many of that kind failed so far.
  public int failed(Operation operation) {
    return failed.getOrDefault(operation, 0);
  }

  /// How many operations failed so far, for want of space or otherwise.
  int failures() {
    return failed.values().stream().mapToInt(Integer::intValue).sum() + refusedForSpace;
  }

  /// Whether files may grow by that much; counted where not.
  boolean hasRoom(long growth, long used) {
    if (growth <= capacityBytes - used) {
      return true;
    }
    refusedForSpace++;
    return false;
  }

  long freeBytes(long used) {
    if (used > capacityBytes || capacityBytes < Long.MAX_VALUE) {
      refusedForSpace++;
    }
    return Math.max(0, capacityBytes - used);
  }

  /// What was due to fail next will not.
  public void forgive() {
    next.clear();
  }

  /// The device behaves from now on; its size stays.
  public void heal() {
    chances.clear();
    next.clear();
    powerLossAt = NEVER;
  }

  /// Whether power was lost and [SimulatedDisk#crash] has not been called yet.
  boolean isOff() {
    return off;
  }

  void poweredUp() {
    off = false;
    powerLossAt = NEVER;
  }

  /// Counts an operation that cannot fail by itself.
  void count() {
    operations++;
    if (off || operations >= powerLossAt) {
      off = true;
      throw new PowerLoss();
    }
  }

  void before(Operation operation, String file) throws IOException {
    count();
    if (fails(operation)) {
      throw error(operation, file);
    }
  }

  /// Whether this one fails; decided once.
  boolean fails(Operation operation) {
    int due = next.getOrDefault(operation, 0);
    if (due > 0) {
      next.put(operation, due - 1);
    } else if (random.nextDouble() >= chances.getOrDefault(operation, 0.0)) {
      return false;
    }
    failed.merge(operation, 1, Integer::sum);
    return true;
  }

  static IOException error(Operation operation, String file) {
    return new IOException(operation + " of " + file + ": Input/output error");
  }
}
