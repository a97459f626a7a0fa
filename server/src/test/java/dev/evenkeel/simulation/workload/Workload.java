package dev.evenkeel.simulation.workload;

/// What some clients do.
public interface Workload {
  /// Starts the clients; they go on until the run is told to stop.
  void start();

  /// Checks what can only be checked when all clients have stopped and the region is healthy. The
  /// region answers requests made here; they may fail the run.
  default void finish() {}
}
