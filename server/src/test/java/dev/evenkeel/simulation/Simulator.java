package dev.evenkeel.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Virtual time and its events, in the one thread that calls [#step]. Everything that happens
/// follows from the seed.
public final class Simulator {
  private static final int TAIL_EVENTS = 40;

  private final long seed;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong((Event event) -> event.at).thenComparingLong(e -> e.sequence));
  private final List<Runnable> afterEachStep = new ArrayList<>();
  private final Deque<Traced> tail = new ArrayDeque<>(TAIL_EVENTS);
  private long nowNanos;
  private long sequence;
  private long steps;
  private long hash = 0xcbf29ce484222325L;
  private @Nullable Throwable failure;

  /// Something that will happen.
  public static final class Event {
    private long at;
    private long sequence;
    private final @Nullable Life life;
    private final String kind;
    private @Nullable Runnable task;

    private Event(long at, long sequence, @Nullable Life life, String kind, Runnable task) {
      this.at = at;
      this.sequence = sequence;
      this.life = life;
      this.kind = kind;
      this.task = task;
    }

    void cancel() {
      task = null;
    }
  }

  /// What was traced, as it is told if the run fails.
  private record Traced(long nanos, String who, String what, long detail) {
    @Override
    public String toString() {
      return nanos / 1_000 + " µs " + who + " " + what + " " + detail;
    }
  }

  public Simulator(long seed) {
    this.seed = seed;
  }

  public long seed() {
    return seed;
  }

  /// Virtual nanoseconds since the simulation began.
  public long nowNanos() {
    return nowNanos;
  }

  public long steps() {
    return steps;
  }

  /// Changes with everything that was traced, in order.
  public long traceHash() {
    return hash;
  }

  /// A stream of chance that depends on the seed and the name only.
  public RandomGenerator stream(String name) {
    return new SplittableRandom(mix(mix(0x9e3779b97f4a7c15L, seed), text(name)));
  }

  /// Has the task run after that delay, unless the life ends before.
  ///
  /// @param life whose code it is; null: the world's own
  Event after(long delayNanos, @Nullable Life life, String kind, Runnable task) {
    Event event = new Event(nowNanos + delayNanos, sequence++, life, kind, task);
    events.add(event);
    return event;
  }

  /// Something the world does, after that delay.
  public void after(long delayNanos, String kind, Runnable task) {
    after(delayNanos, null, kind, task);
  }

  /// Adds a check that is made after each event.
  public void afterEachStep(Runnable check) {
    afterEachStep.add(check);
  }

  /// Makes an occurrence part of the trace.
  public void trace(String who, String what, long detail) {
    hash = mix(mix(mix(mix(hash, nowNanos), text(who)), text(what)), detail);
    if (tail.size() == TAIL_EVENTS) {
      tail.removeFirst();
    }
    tail.add(new Traced(nowNanos, who, what, detail));
  }

  /// What was traced last.
  public String tail() {
    return tail.stream().map(Traced::toString).collect(Collectors.joining("\n"));
  }

  /// Ends the run: it has found a bug.
  public void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /// Runs events until the condition holds.
  ///
  /// @throws AssertionError when something failed, or it does not come to hold in that time
  public void runUntil(BooleanSupplier condition, long limitNanos) {
    long deadline = nowNanos + limitNanos;
    while (!condition.getAsBoolean()) {
      if (nowNanos > deadline || !step()) {
        throw new AssertionError("does not come to hold within " + limitNanos / 1_000_000 + " ms");
      }
    }
  }

  /// Runs the next event; false when there is none.
  public boolean step() {
    Event event = events.poll();
    if (event == null) {
      return false;
    }
    nowNanos = event.at;
    Runnable task = event.task;
    if (task == null || (event.life != null && event.life.isOver())) {
      return true;
    }
    if (event.life != null && event.life.pausedUntilNanos() > nowNanos) {
      // Put off, behind whatever of that life was due before it.
      event.at = event.life.pausedUntilNanos();
      event.sequence = sequence++;
      events.add(event);
      return true;
    }
    steps++;
    trace(event.life == null ? "world" : event.life.name(), event.kind, event.sequence);
    run(task);
    if (event.life != null) {
      event.life.afterEvent();
    }
    afterEachStep.forEach(this::run);
    if (failure != null) {
      throw new AssertionError(failure.getMessage(), failure);
    }
    return true;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (PowerLoss _) {
      // The machine is off: its life ends with this event.
    } catch (Throwable bug) {
      fail(bug);
    }
  }

  private static long text(String name) {
    long value = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      value = (value ^ name.charAt(i)) * 0x100000001b3L;
    }
    return value;
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0xff51afd7ed558ccdL;
    return mixed ^ (mixed >>> 32);
  }
}
