package dev.evenkeel.simulation;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.storage.ItemStore;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A machine that can lose power, with a program on it that is started anew on what the disk kept.
///
/// @param <S> what the program serves once it is open
public final class SimulatedNode<S> {
  private static final long SYNC_NANOS = 1_000_000;
  private static final long SLOW_SYNC_NANOS = 400_000_000;

  private final Simulator simulator;
  private final String name;
  private final Program<S> program;
  private final RandomGenerator random;
  private final SimulatedDisk disk;
  private final SimulatedStore store;
  private final SimulatedNetwork network;
  private final int number;
  private int lives;
  private @Nullable Life life;
  private @Nullable SimulatedTasks tasks;
  private @Nullable SimulatedClock clock;
  private @Nullable S service;
  private @Nullable IOException refusal;
  private int troublesAtStart;
  private boolean slow;
  private Runnable whenOpened = () -> {};
  private Runnable whenDown = () -> {};
  private Consumer<IOException> whenRefused = refused -> {};
  private CrashLoss loss = CrashLoss.ARBITRARY;

  /// What runs on the machine.
  @FunctionalInterface
  public interface Program<S> {
    /// Blocks until the node serves.
    ///
    /// @throws IOException when it refuses to start
    S open(Environment environment, ItemStore store) throws IOException;
  }

  /// A node that is alone.
  public SimulatedNode(Simulator simulator, String name, Program<S> program) {
    this(simulator, new SimulatedNetwork(simulator), 0, name, program);
  }

  /// A node among others.
  ///
  /// @param number its address
  public SimulatedNode(
      Simulator simulator, SimulatedNetwork network, int number, String name, Program<S> program) {
    this.simulator = simulator;
    this.network = network;
    this.number = number;
    this.name = name;
    this.program = program;
    this.random = simulator.stream(name);
    this.disk = new SimulatedDisk(simulator.stream(name + "/disk"), this::complete);
    this.store = new SimulatedStore(simulator.stream(name + "/store"));
  }

  public SimulatedDisk disk() {
    return disk;
  }

  public SimulatedStore store() {
    return store;
  }

  /// The service of the present life; null while it is down or still opening.
  public @Nullable S service() {
    return service;
  }

  /// Why the present life refused to start, or null.
  public @Nullable IOException refusal() {
    return refusal;
  }

  /// Whether a process runs: opening, serving, or refused and idle.
  public boolean isUp() {
    return life != null;
  }

  /// Lives so far.
  public int lives() {
    return lives;
  }

  /// Whether syncs take long.
  public void slow(boolean now) {
    slow = now;
  }

  /// Whether reads that memory cannot answer wait, in the present life, until this is called again.
  public void hangReads(boolean now) {
    if (tasks != null) {
      tasks.hang(now);
    }
  }

  /// Timers that have fired in the present life.
  public long timers() {
    return tasks == null ? 0 : tasks.timers();
  }

  /// What the next power losses do.
  public void loss(CrashLoss next) {
    loss = next;
  }

  /// Moves the wall clock of the present life.
  public void jumpClock(long micros) {
    if (clock != null) {
      clock.jump(micros);
    }
  }

  /// The present life stands still for so long, or longer if it does already: nothing of it runs,
  /// and what comes meanwhile waits. Its clocks go on.
  public void pause(long nanos) {
    present().pause(nanos);
    simulator.trace(name, "pauses", nanos);
  }

  void whenOpened(Runnable action) {
    whenOpened = action;
  }

  void whenRefused(Consumer<IOException> action) {
    whenRefused = action;
  }

  /// @param action run after a crash or a kill
  void whenDown(Runnable action) {
    whenDown = action;
  }

  /// Runs a task of the present life after that delay.
  void run(long delayNanos, String kind, Runnable task) {
    present().after(delayNanos, kind, task);
  }

  /// Starts straight-line code in the present life.
  void fork(String kind, Runnable body) {
    if (tasks == null) {
      throw new IllegalStateException(name + " is down");
    }
    tasks.fork(kind, body);
  }

  /// Whether disk or store failed in this life, or were full.
  boolean hadTrouble() {
    return troubles() > troublesAtStart;
  }

  private int troubles() {
    return disk.faults().failures() + store.failures();
  }

  private Life present() {
    if (life == null) {
      throw new IllegalStateException(name + " is down");
    }
    return life;
  }

  /// Starts the program in a new life.
  public void start() {
    if (life != null) {
      throw new IllegalStateException(name + " is up");
    }
    lives++;
    troublesAtStart = troubles();
    Life now = new Life(simulator, name + "/" + lives, this::crashWhenOff);
    SimulatedTasks nowTasks = new SimulatedTasks(now);
    SimulatedClock nowClock = new SimulatedClock(simulator, now.stream("clock"));
    life = now;
    tasks = nowTasks;
    clock = nowClock;
    Environment environment =
        new SimulatedEnvironment(
            nowClock, nowTasks, disk, now::stream, network.attach(number, now));
    nowTasks.fork("open", () -> open(environment));
  }

  private void open(Environment environment) {
    try {
      service = program.open(environment, store);
      simulator.trace(name, "opened", lives);
      whenOpened.run();
    } catch (IOException e) {
      refusal = e;
      simulator.trace(name, "refused", lives);
      simulator.after(0, "refused", () -> whenRefused.accept(e));
    }
  }

  /// The machine loses power.
  public void crash() {
    end();
    network.off(number);
    disk.crash(loss);
    store.crash();
    simulator.trace(name, "lost power", lives);
    whenDown.run();
  }

  /// The process dies; the page cache outlives it.
  public void kill() {
    end();
    network.died(number);
    disk.kill();
    store.crash();
    simulator.trace(name, "killed", lives);
    whenDown.run();
  }

  /// While the machine is off: its disk is exchanged for an empty one.
  void wipe() {
    if (life != null) {
      throw new IllegalStateException(name + " is up");
    }
    disk.wipe();
    store.wipe();
    simulator.trace(name, "lost its disk", lives);
  }

  private void end() {
    if (life != null) {
      life.end();
    }
    life = null;
    tasks = null;
    service = null;
    refusal = null;
  }

  private void crashWhenOff() {
    if (disk.faults().isOff()) {
      crash();
    }
  }

  private void complete(Runnable end) {
    Life now = present();
    SimulatedTasks waiting = tasks;
    long nanos = SYNC_NANOS / 10 + random.nextLong(slow ? SLOW_SYNC_NANOS : SYNC_NANOS);
    if (waiting != null && Thread.currentThread().isVirtual()) {
      waiting.park(nanos);
      end.run();
    } else {
      now.after(nanos, "synced", end);
    }
  }
}
