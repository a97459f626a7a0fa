package dev.evenkeel.wal;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Entropy;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Network;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.simulation.SimulatedDisk;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/// The environment of one log in a test: one thread, which runs what is ready in an order drawn
/// from the seed. Time goes on only in [#passTime].
final class LogWorld implements Environment, Tasks, Clock {
  private final SplittableRandom random;
  private final SimulatedDisk disk;
  private final List<ArrayDeque<Runnable>> executors = new ArrayList<>();
  private final ArrayDeque<Runnable> syncs = new ArrayDeque<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private long nanos;

  private record Alarm(long at, Runnable task) {}

  LogWorld(long seed) {
    random = new SplittableRandom(seed);
    disk = new SimulatedDisk(random.split(), syncs::add);
    executors.add(syncs);
  }

  /// A world around a disk that is there already and whose syncs end at once.
  LogWorld(SimulatedDisk disk) {
    random = new SplittableRandom(0);
    this.disk = disk;
  }

  /// Runs one task that is ready; false when there is none.
  boolean step() {
    List<ArrayDeque<Runnable>> ready =
        executors.stream().filter(queue -> !queue.isEmpty()).toList();
    if (ready.isEmpty()) {
      return false;
    }
    ready.get(random.nextInt(ready.size())).remove().run();
    return true;
  }

  /// Runs everything that is ready, and what follows from it.
  void settle() {
    boolean more = true;
    while (more) {
      more = step();
    }
  }

  /// Rings the alarms of that time, then settles.
  void passTime(Duration time) {
    nanos += time.toNanos();
    List<Alarm> due = alarms.stream().filter(alarm -> alarm.at <= nanos).toList();
    alarms.removeAll(due);
    due.forEach(alarm -> alarm.task.run());
    settle();
  }

  /// The process is no more: nothing that it meant to do happens.
  void forget() {
    executors.forEach(ArrayDeque::clear);
    alarms.clear();
  }

  @Override
  public SimulatedDisk disk() {
    return disk;
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public Tasks tasks() {
    return this;
  }

  @Override
  public Network network() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Entropy entropy() {
    return name -> random.split();
  }

  @Override
  public long monotonicNanos() {
    return nanos;
  }

  @Override
  public long wallMicros() {
    return nanos / 1_000;
  }

  @Override
  public Executor serial(String name) {
    return dedicated(name);
  }

  @Override
  public Executor dedicated(String name) {
    ArrayDeque<Runnable> queue = new ArrayDeque<>();
    executors.add(queue);
    return queue::add;
  }

  @Override
  public Executor reads() {
    return dedicated("reads");
  }

  @Override
  public void fork(String name, Runnable body) {
    throw new UnsupportedOperationException("the log forks nothing");
  }

  @Override
  public void pause(Duration time) {
    throw new UnsupportedOperationException("the log pauses nowhere");
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    Alarm alarm = new Alarm(nanos + delay.toNanos(), task);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  /// The files of the log that have that prefix, in order.
  List<String> files(String prefix) {
    return disk.files().stream().filter(name -> name.startsWith("log/" + prefix)).toList();
  }
}
