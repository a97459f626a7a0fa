package dev.evenkeel.replica;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Applies what was chosen, and once more after a while what the store refused. Serial executor
/// only.
final class Applying {
  /// How long to wait before the store is asked again to take what it refused.
  private static final Duration AGAIN_AFTER = Duration.ofMillis(200);

  private final StorageReplica replica;
  private final NodeParts node;
  private final Applier applier;
  private final Executor serial;
  private @Nullable String problem;
  private boolean waits;

  Applying(StorageReplica replica, NodeParts node, Applier applier, Executor serial) {
    this.replica = replica;
    this.node = node;
    this.applier = applier;
    this.serial = serial;
  }

  void apply() {
    if (!replica.state().isServing() || replica.hasFailed()) {
      return;
    }
    try {
      applier.apply();
      problem(null);
      if (applier.takeRecorded()) {
        node.watch().recorded(replica);
      }
    } catch (IOException e) {
      problem("the store takes no writes: " + e.getMessage());
      if (!waits) {
        waits = true;
        node.environment().tasks().after(AGAIN_AFTER, () -> serial.execute(this::again));
      }
    }
  }

  private void again() {
    waits = false;
    apply();
  }

  /// Why the store is behind; null when it is not.
  @Nullable String problem() {
    return problem;
  }

  /// Nothing is applied any more.
  void end() {
    problem(null);
  }

  private void problem(@Nullable String reason) {
    if ((problem == null) != (reason == null)) {
      node.watch().stalled(replica, reason != null);
    }
    problem = reason;
  }
}
