package dev.evenkeel.simulation.workload;

import dev.evenkeel.simulation.Answer;
import dev.evenkeel.simulation.Service;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One client: one request at a time, a pause, the next.
final class Client {
  private static final long THINK_NANOS_MAX = 2_000_000;
  private static final long BACK_OFF_NANOS = 20_000_000;

  private final Session session;
  private final RandomGenerator random;
  private final Consumer<Client> act;

  /// @param act makes one call of [#call], directly or later
  Client(Session session, String name, Consumer<Client> act) {
    this.session = session;
    this.random = session.region().simulator().stream(name);
    this.act = act;
  }

  RandomGenerator random() {
    return random;
  }

  void start() {
    next(random.nextLong(THINK_NANOS_MAX));
  }

  private void next(long nanos) {
    region()
        .simulator()
        .after(
            nanos,
            "think",
            () -> {
              if (session.isRunning()) {
                act.accept(this);
              }
            });
  }

  /// Goes on after a pause; for those that do not use [#call].
  void again() {
    next(random.nextLong(THINK_NANOS_MAX));
  }

  Service region() {
    return session.region();
  }

  /// @param settled told of the answer, before the client goes on
  void call(String operation, String body, Consumer<Answer> settled) {
    region().call(operation, body, reply(operation, settled));
  }

  /// For those who ask a certain node: what takes its answer.
  Consumer<Answer> reply(String operation, Consumer<Answer> settled) {
    return answer -> {
      settled.accept(answer);
      session.answered(operation, answer);
      boolean refused = !answer.isOk() && !answer.isConditionFailed();
      next(random.nextLong(THINK_NANOS_MAX) + (refused ? BACK_OFF_NANOS : 0));
    };
  }
}
