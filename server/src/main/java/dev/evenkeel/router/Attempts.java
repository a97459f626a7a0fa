package dev.evenkeel.router;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.rpc.CallOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One request on its way to a replica that may answer it: follows hints, tries others, and waits a
/// little while a group has no leader, all within the request's deadline.
///
/// @param <O> its outcomes
final class Attempts<O> {
  private static final Duration PAUSE_FIRST = Duration.ofMillis(2);
  private static final Duration PAUSE_MAX = Duration.ofMillis(50);

  /// Hints followed without a pause.
  private static final int HOPS_MAX = 2;

  private final Environment environment;
  private final Replicas replicas;
  private final Kind<O> kind;
  private final Consumer<O> done;
  private final long until;
  private Duration pause = PAUSE_FIRST;
  private int hops;
  private int tried;

  /// What is asked, and what an outcome means.
  interface Kind<O> {
    Request request();

    boolean isConsistent();

    /// @param until when an answer is wanted at the latest
    void ask(StorageReplica replica, long until, Consumer<O> done);

    /// The node that is to be asked instead, 0 for any other; negative when this is an answer.
    long elsewhere(O outcome);

    O of(NodeMessage answer);

    /// The request got through to nobody, or (`unknown`) nobody knows what became of it.
    O failed(boolean unknown);

    /// Whether it does no harm to ask again when nobody knows what became of the first time.
    boolean isRepeatable();
  }

  /// @param until when the request is given up, on the node's monotonic clock
  Attempts(Environment environment, Replicas replicas, Kind<O> kind, long until, Consumer<O> done) {
    this.environment = environment;
    this.replicas = replicas;
    this.kind = kind;
    this.done = done;
    this.until = until;
  }

  /// Asks the likeliest first.
  void start() {
    ask(0);
  }

  /// @param hint the node to ask; 0 for the next one in turn
  private void ask(long hint) {
    long group = kind.request().group();
    List<Long> nodes = replicas.nodes(group, kind.isConsistent());
    if (nodes.isEmpty()) {
      later();
      return;
    }
    long node = hint != 0 ? hint : nodes.get(tried++ % nodes.size());
    StorageReplica replica = replicas.here(node, group);
    if (replica != null) {
      kind.ask(replica, until, this::heard);
    } else {
      Duration left = Duration.ofNanos(until - environment.clock().monotonicNanos());
      replicas.ask(node, new NodeMessage.Ask(kind.request()), left, this::answered);
    }
  }

  private void answered(CallOutcome<NodeMessage> outcome) {
    switch (outcome) {
      case CallOutcome.Answered<NodeMessage>(var answer) -> heard(kind.of(answer));
      case CallOutcome.Failed<NodeMessage>(var reason) -> {
        if (reason.isUnknown() && !kind.isRepeatable()) {
          done.accept(kind.failed(true));
        } else {
          later();
        }
      }
    }
  }

  private void heard(O outcome) {
    long elsewhere = kind.elsewhere(outcome);
    if (elsewhere < 0) {
      done.accept(outcome);
    } else if (elsewhere > 0 && hops < HOPS_MAX) {
      hops++;
      ask(elsewhere);
    } else {
      later();
    }
  }

  private void later() {
    if (environment.clock().monotonicNanos() + pause.toNanos() - until >= 0) {
      done.accept(kind.failed(false));
      return;
    }
    hops = 0;
    environment.tasks().after(pause, () -> ask(0));
    pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
  }
}
