package dev.evenkeel.api;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.time.Duration;
import java.util.function.Predicate;

/// Holds the answer to a request that changes a table back until autoadmin has taken the step that
/// follows from it, which takes milliseconds here, but no longer than a second.
///
/// The waiters of AWS's clients ask at once and then sleep for 20 s: one that asks too early makes
/// a person wait for nothing.
interface Settling {
  Duration PAUSE = Duration.ofMillis(2);
  int PAUSES_MAX = 500;

  /// Returns when the table is no longer pending, or is gone. Blocks.
  void await(Table changed, Predicate<Table> pending);

  /// Returns when the table is no longer in the status that `changed` shows, or is gone. Blocks.
  default void await(Table changed) {
    await(
        changed,
        now -> now.status() == changed.status() && changed.status() != Table.Status.ACTIVE);
  }

  /// Holds nothing back.
  static Settling none() {
    return (changed, pending) -> {};
  }

  static Settling of(Tasks tasks, Catalogue catalogue) {
    return (changed, pending) -> {
      try {
        for (int pauses = 0;
            pauses < PAUSES_MAX && isPending(catalogue, changed, pending);
            pauses++) {
          tasks.pause(PAUSE);
        }
      } catch (InterruptedException e) {
        // The node stops; the answer is true all the same.
        Thread.currentThread().interrupt();
      }
    };
  }

  private static boolean isPending(Catalogue catalogue, Table changed, Predicate<Table> pending) {
    Table now = catalogue.find(changed.name());
    return now != null && now.id() == changed.id() && pending.test(now);
  }
}
