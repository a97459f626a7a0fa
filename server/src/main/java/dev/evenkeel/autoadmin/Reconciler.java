package dev.evenkeel.autoadmin;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// One loop: takes every table of one status one step further, whenever the catalogue changed.
final class Reconciler {
  /// Until the next attempt after a failed step.
  static final Duration RETRY = Duration.ofSeconds(1);

  /// Brings one table to its next status. Repeatable.
  interface Step {
    void take(Table table) throws Exception;
  }

  private final Tasks tasks;
  private final Catalogue catalogue;
  private final Table.Status status;
  private final Step step;
  private final Problems problems;

  /// Completed when there may be something to do; a new one is put in place before each look.
  private volatile CompletableFuture<Void> changed = new CompletableFuture<>();

  private volatile boolean stopped;

  Reconciler(Tasks tasks, Catalogue catalogue, Table.Status status, Step step, Problems problems) {
    this.tasks = tasks;
    this.catalogue = catalogue;
    this.status = status;
    this.step = step;
    this.problems = problems;
  }

  /// Starts the loop; returns at once.
  void start() {
    catalogue.onChange(this::wake);
    tasks.fork("autoadmin-" + status, this::run);
  }

  /// Ends the loop after the step that it is in.
  void stop() {
    stopped = true;
    wake();
  }

  private void wake() {
    changed.complete(null);
  }

  private void run() {
    try {
      while (!stopped) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        changed = next;
        if (lookOnce() && !stopped) {
          next.get();
        } else if (!stopped) {
          tasks.pause(RETRY);
        }
      }
    } catch (InterruptedException _) {
      // The environment shuts down.
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wake-up cannot fail", e);
    }
  }

  /// @return whether no step failed
  private boolean lookOnce() throws InterruptedException {
    boolean good = true;
    for (Table table : catalogue.tables()) {
      if (table.status() == status && !stopped) {
        good &= taken(table);
      }
    }
    return good;
  }

  private boolean taken(Table table) throws InterruptedException {
    try {
      step.take(table);
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      problems.stepFailed(table.name(), status.name(), e);
      return false;
    }
  }
}
