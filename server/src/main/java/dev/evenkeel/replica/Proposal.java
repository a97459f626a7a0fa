package dev.evenkeel.replica;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command that was proposed for a slot and is not applied yet.
final class Proposal {
  final long slot;
  final Command command;

  /// What was proposed; the same array comes back when it is chosen.
  final byte[] bytes;

  private final List<Ending> endings = new ArrayList<>(1);

  /// What hangs on it: its own answer, then those that depend on it.
  interface Ending {
    /// It is applied.
    void applied();

    /// Something else was chosen for its slot: nothing happened.
    void displaced();

    /// Nobody knows whether it will be applied.
    void lost(String reason);

    /// Whoever waits for it gives up then, on the node's monotonic clock.
    long until();
  }

  Proposal(long slot, Command command, byte[] bytes) {
    this.slot = slot;
    this.command = command;
    this.bytes = bytes;
  }

  /// The one of two that is applied last; null where there is none.
  static @Nullable Proposal later(@Nullable Proposal one, @Nullable Proposal other) {
    return one == null || (other != null && one.slot < other.slot) ? other : one;
  }

  void then(Ending ending) {
    endings.add(ending);
  }

  void applied() {
    endings.forEach(Ending::applied);
    endings.clear();
  }

  void displaced() {
    endings.forEach(Ending::displaced);
    endings.clear();
  }

  /// Ends what waits no longer; what the command does stays open.
  void expire(long now, String reason) {
    endings.removeIf(ending -> {
      boolean isDue = now - ending.until() >= 0;
      if (isDue) {
        ending.lost(reason);
      }
      return isDue;
    });
  }

  /// Whether somebody waits for what becomes of it.
  boolean isAwaited() {
    return !endings.isEmpty();
  }

  void lost(String reason) {
    endings.forEach(ending -> ending.lost(reason));
    endings.clear();
  }
}
