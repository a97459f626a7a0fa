package dev.evenkeel.autoadmin;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.Table;
import dev.evenkeel.router.Catalogue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/// One loop: takes every table for which it is due one step further, whenever the catalogue
/// changed.
final class Reconciler {
  /// Until the next attempt after a failed step.
  static final Duration RETRY = Duration.ofSeconds(1);

  /// Takes one table one step further. Repeatable.
  interface Step {
    void take(Table table) throws Exception;
  }

  private final Tasks tasks;
  private final Catalogue catalogue;
  private final String name;
  private final Predicate<Table> due;
  private final Step step;
  private final Problems problems;

  /// Completed when there may be something to do; a new one is put in place before each look.
  private volatile CompletableFuture<Void> changed = new CompletableFuture<>();

  private volatile boolean stopped;

  /// @param name of the loop, for people
  /// @param due for which tables the step is to be taken
  Reconciler(
      Tasks tasks,
      Catalogue catalogue,
      String name,
      Predicate<Table> due,
      Step step,
      Problems problems) {
    this.tasks = tasks;
    this.catalogue = catalogue;
    this.name = name;
    this.due = due;
    this.step = step;
    this.problems = problems;
  }

  /// Starts the loop; returns at once.
  void start() {
    catalogue.onChange(this::wake);
    tasks.fork("autoadmin-" + name, this::run);
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
      if (due.test(table) && !stopped) {
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
      problems.stepFailed(table.name(), table.status().name(), e);
      return false;
    }
  }
}
