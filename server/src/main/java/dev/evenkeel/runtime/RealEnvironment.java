package dev.evenkeel.runtime;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Entropy;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// This machine, as one node sees it.
public final class RealEnvironment implements Environment, AutoCloseable {
  private final Clock clock = new SystemClock();
  private final Entropy entropy = new SystemEntropy();
  private final SystemTasks tasks;
  private final Disk disk;

  private RealEnvironment(Disk disk, Consumer<Throwable> fatal) {
    this.disk = disk;
    this.tasks = new SystemTasks(new FatalErrors(fatal));
  }

  /// Works on the files under that directory, which is created where it is missing.
  ///
  /// @param fatal told once, of the first bug that a task threw; expected to log it and stop the
  ///   node. Called on the thread in which it happened.
  public static RealEnvironment open(Path dataDirectory, Consumer<Throwable> fatal)
      throws IOException {
    return new RealEnvironment(FileDisk.open(dataDirectory), fatal);
  }

  /// Keeps its files in memory; they are gone with the process.
  ///
  /// @param capacityBytes how much all files together may hold
  /// @param fatal as for [#open]
  public static RealEnvironment inMemory(long capacityBytes, Consumer<Throwable> fatal) {
    return new RealEnvironment(new MemoryDisk(capacityBytes), fatal);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public Entropy entropy() {
    return entropy;
  }

  /// Ends the threads. Tasks given later are dropped, timers do not fire any more.
  @Override
  public void close() {
    tasks.close();
  }
}
