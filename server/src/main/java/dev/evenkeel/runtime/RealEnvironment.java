package dev.evenkeel.runtime;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Entropy;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Network;
import dev.evenkeel.environment.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// This machine, as one node sees it.
public final class RealEnvironment implements Environment, AutoCloseable {
  private final Clock clock = new SystemClock();
  private final Entropy entropy = new SystemEntropy();
  private final SystemTasks tasks;
  private final Disk disk;
  private final Network network;

  /// Null where there is no network.
  private final @Nullable NettyNetwork sockets;

  private RealEnvironment(Disk disk, FatalErrors fatal, @Nullable NettyNetwork sockets) {
    this.disk = disk;
    this.tasks = new SystemTasks(fatal);
    this.sockets = sockets;
    this.network = sockets == null ? new NoNetwork(tasks.serial("no-network")) : sockets;
  }

  /// Works on the files under that directory, which is created where it is missing; reaches no
  /// other node.
  ///
  /// @param fatal told once, of the first bug that a task threw; expected to log it and stop the
  ///   node. Called on the thread in which it happened.
  public static RealEnvironment open(Path dataDirectory, Consumer<Throwable> fatal)
      throws IOException {
    return new RealEnvironment(FileDisk.open(dataDirectory), new FatalErrors(fatal), null);
  }

  /// The same, for a node among others.
  ///
  /// @throws IOException also when certificates cannot be read
  public static RealEnvironment open(
      Path dataDirectory, NetworkOptions network, Consumer<Throwable> fatal) throws IOException {
    FatalErrors errors = new FatalErrors(fatal);
    Disk disk = FileDisk.open(dataDirectory);
    return new RealEnvironment(disk, errors, NettyNetwork.open(network, errors));
  }

  /// Keeps its files in memory; they are gone with the process. Reaches no other node.
  ///
  /// @param capacityBytes how much all files together may hold
  /// @param fatal as for [#open]
  public static RealEnvironment inMemory(long capacityBytes, Consumer<Throwable> fatal) {
    return new RealEnvironment(new MemoryDisk(capacityBytes), new FatalErrors(fatal), null);
  }

  /// The same, for a node among others.
  ///
  /// @throws IOException when certificates cannot be read
  public static RealEnvironment inMemory(
      long capacityBytes, NetworkOptions network, Consumer<Throwable> fatal) throws IOException {
    FatalErrors errors = new FatalErrors(fatal);
    return new RealEnvironment(
        new MemoryDisk(capacityBytes), errors, NettyNetwork.open(network, errors));
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

  @Override
  public Network network() {
    return network;
  }

  /// Ends threads, then connections. Tasks given later are dropped, timers do not fire any more.
  @Override
  public void close() {
    tasks.close();
    if (sockets != null) {
      sockets.close();
    }
  }
}
