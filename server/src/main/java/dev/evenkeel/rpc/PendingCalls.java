package dev.evenkeel.rpc;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.rpc.CallOutcome.Answered;
import dev.evenkeel.rpc.CallOutcome.Failed;
import dev.evenkeel.rpc.CallOutcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The calls to one peer that wait for their answer. Whoever takes a call out of here tells its
/// outcome, so each has exactly one.
///
/// Deadlines cost one timer for all: it is set for the earliest deadline there is, and when it
/// fires it takes what is due and looks for the next one.
///
/// @param <M> the messages
final class PendingCalls<M> {
  /// What [#add] returns instead of an id.
  static final long OVERLOADED = -1;

  static final long CLOSED = -2;

  /// The sweep comes at most this often.
  private static final long SWEEP_NANOS_MIN = 2_000_000;

  private final Environment environment;
  private final RpcLimits limits;
  private final RpcMeter meter;
  private final ReentrantLock lock = new ReentrantLock();

  /// By id; guarded by `lock`, as is everything below.
  private final Map<Long, Pending<M>> calls = new LinkedHashMap<>();

  private long bytes;
  private long lastId;
  private boolean closed;
  private Tasks.@Nullable Timer sweep;
  private long sweepAtNanos;

  private record Pending<M>(
      Consumer<CallOutcome<M>> done, int bytes, long sinceNanos, long deadlineNanos) {}

  PendingCalls(Environment environment, RpcLimits limits, RpcMeter meter) {
    this.environment = environment;
    this.limits = limits;
    this.meter = meter;
  }

  /// Takes a call in.
  ///
  /// @param size of the request in bytes, as far as it is known
  /// @return its id, above 0, or [#OVERLOADED] or [#CLOSED]: then `done` is not kept
  long add(Duration deadline, int size, Consumer<CallOutcome<M>> done) {
    long now = environment.clock().monotonicNanos();
    lock.lock();
    try {
      if (closed) {
        return CLOSED;
      }
      if (calls.size() >= limits.callsMax() || bytes + size > limits.callBytesMax()) {
        return OVERLOADED;
      }
      Pending<M> call = new Pending<>(done, size, now, now + Math.max(0, deadline.toNanos()));
      bytes += size;
      calls.put(++lastId, call);
      meter.called();
      sweepAt(call.deadlineNanos, now);
      return lastId;
    } finally {
      lock.unlock();
    }
  }

  /// The answer has come.
  void answer(long id, M answer) {
    @Nullable Pending<M> call = take(id);
    if (call == null) {
      meter.hit(RpcMeter.LATE_ANSWER);
      return;
    }
    meter.answered(environment.clock().monotonicNanos() - call.sinceNanos);
    call.done.accept(new Answered<>(answer));
  }

  /// No answer will come.
  void fail(long id, Reason reason) {
    @Nullable Pending<M> call = take(id);
    if (call != null) {
      fail(call, reason);
    }
  }

  /// Ends all calls that wait as lost.
  void giveUp() {
    takeAll(false).forEach(call -> fail(call, Reason.LOST));
  }

  /// Fails all calls, and takes no more.
  void close(Reason reason) {
    takeAll(true).forEach(call -> fail(call, reason));
  }

  private List<Pending<M>> takeAll(boolean forGood) {
    lock.lock();
    try {
      closed |= forGood;
      if (sweep != null) {
        sweep.cancel();
        sweep = null;
      }
      List<Pending<M>> all = new ArrayList<>(calls.values());
      calls.clear();
      bytes = 0;
      return all;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Pending<M> take(long id) {
    lock.lock();
    try {
      @Nullable Pending<M> call = calls.remove(id);
      if (call != null) {
        bytes -= call.bytes;
      }
      return call;
    } finally {
      lock.unlock();
    }
  }

  private void fail(Pending<M> call, Reason reason) {
    meter.failed(reason);
    call.done.accept(new Failed<>(reason));
  }

  /// With the lock held: has the sweep come by then, if not earlier.
  private void sweepAt(long deadlineNanos, long now) {
    if (sweep != null) {
      if (deadlineNanos - sweepAtNanos >= -SWEEP_NANOS_MIN) {
        return;
      }
      sweep.cancel();
    }
    long delay = Math.max(SWEEP_NANOS_MIN, deadlineNanos - now);
    sweepAtNanos = now + delay;
    sweep = environment.tasks().after(Duration.ofNanos(delay), this::sweep);
  }

  private void sweep() {
    List<Pending<M>> due = new ArrayList<>();
    long now = environment.clock().monotonicNanos();
    lock.lock();
    try {
      sweep = null;
      if (!closed) {
        takeDue(now, due);
      }
    } finally {
      lock.unlock();
    }
    due.forEach(call -> fail(call, Reason.TIMED_OUT));
  }

  private void takeDue(long now, List<Pending<M>> due) {
    long next = Long.MAX_VALUE;
    for (Iterator<Pending<M>> all = calls.values().iterator(); all.hasNext(); ) {
      Pending<M> call = all.next();
      if (call.deadlineNanos - now <= 0) {
        all.remove();
        bytes -= call.bytes;
        due.add(call);
      } else {
        next = Math.min(next, call.deadlineNanos - now);
      }
    }
    if (next != Long.MAX_VALUE) {
      sweepAt(now + next, now);
    }
  }
}
