package dev.evenkeel.chaos;

/// What clients do to a region, and what must be true of it.
interface Workload {
  /// Makes the tables and what is in them at the beginning.
  void prepare(Connection connection) throws Exception;

  /// Starts the clients.
  void start(RegionProcesses region);

  RegionCounts counts();

  /// Has the clients end, and fails with what they met.
  void stop() throws Exception;

  /// Compares what the region holds with what clients saw. All its nodes run.
  void verify(RegionProcesses region) throws Exception;
}
