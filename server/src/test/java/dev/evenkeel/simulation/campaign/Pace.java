package dev.evenkeel.simulation.campaign;

import java.lang.management.ManagementFactory;

/// How much faster than real time simulation is, on one core: by the processor time of the thread
/// that runs it, which is what a busy machine cannot blur. Includes the start of the JIT.
public final class Pace {
  private static final double SECOND = 1e9;

  private final long cpu = cpuNanos();
  private long virtualNanos;

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// A run took that long in the simulation.
  public void add(long nanos) {
    virtualNanos += nanos;
  }

  /// For people, as of now.
  @Override
  public String toString() {
    return "%.0f virtual seconds, %.1f × real time"
        .formatted(virtualNanos / SECOND, (double) virtualNanos / (cpuNanos() - cpu));
  }
}
