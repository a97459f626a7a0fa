package dev.evenkeel.replica;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.paxos.AcceptorRecord;
import dev.evenkeel.wal.AppendOutcome;
import dev.evenkeel.wal.LogGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/// Appends an acceptor's records to the node's log, in order and without losing one: what the log
/// does not take for now waits here. Serial executor only.
final class AcceptorLog {
  private static final Duration AGAIN_AFTER = Duration.ofMillis(20);

  private final LogGroup log;
  private final Environment environment;
  private final Executor serial;
  private final Deque<Waiting> waiting = new ArrayDeque<>(0);

  private record Waiting(AcceptorRecord record, long newestSlot) {}

  AcceptorLog(LogGroup log, Environment environment, Executor serial) {
    this.log = log;
    this.environment = environment;
    this.serial = serial;
  }

  void append(AcceptorRecord record, long newestSlot) {
    if (!waiting.isEmpty() || !isTaken(record, newestSlot)) {
      if (waiting.isEmpty()) {
        again();
      }
      waiting.add(new Waiting(record, newestSlot));
    }
  }

  /// Whether all that was given is with the log.
  boolean isClear() {
    return waiting.isEmpty();
  }

  private boolean isTaken(AcceptorRecord record, long newestSlot) {
    AppendOutcome outcome = LogRecords.append(log, record, newestSlot);
    return switch (outcome) {
      case ACCEPTED -> true;
      case DISK_FULL, OVERLOADED -> false;
      // Nothing will be durable any more, and the listener hears of it.
      case FAILED, CLOSED -> true;
    };
  }

  private void again() {
    environment.tasks().after(AGAIN_AFTER, () -> serial.execute(this::drain));
  }

  private void drain() {
    while (!waiting.isEmpty()) {
      Waiting next = waiting.getFirst();
      if (!isTaken(next.record, next.newestSlot)) {
        again();
        return;
      }
      waiting.removeFirst();
    }
  }
}
