package dev.evenkeel.expiry;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Expiry;
import dev.evenkeel.model.Table;
import dev.evenkeel.replica.ExpiryFilling;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.Catalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Makes expiry entries for the items that a table had before it had an expiry attribute, in the
/// partitions that lead in this process; then the table's expiry is ENABLED.
public final class ExpiryFiller implements AutoCloseable {
  /// Items looked at in one step.
  private static final int STEP = 500;

  private static final System.Logger LOGGER = System.getLogger(ExpiryFiller.class.getName());
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Environment environment;
  private final List<StorageNode> nodes;
  private final Catalogue catalogue;
  private final ExpiryOptions options;
  private volatile boolean closed;

  public ExpiryFiller(
      Environment environment,
      List<StorageNode> nodes,
      Catalogue catalogue,
      ExpiryOptions options) {
    this.environment = environment;
    this.nodes = List.copyOf(nodes);
    this.catalogue = catalogue;
    this.options = options;
  }

  /// Starts the loop; returns at once.
  public void start() {
    environment.tasks().fork("expiry-filler", this::run);
  }

  /// Ends the loop after the step that it is at.
  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        environment.tasks().pause(LOOK);
        for (Table table : catalogue.tables()) {
          Expiry expiry = table.derivation().expiry();
          if (expiry != null && expiry.status() == Expiry.Status.ENABLING) {
            fill(table, expiry);
          }
        }
      }
    } catch (InterruptedException _) {
      // The environment shuts down.
      Thread.currentThread().interrupt();
    }
  }

  private void fill(Table table, Expiry expiry) throws InterruptedException {
    for (StorageNode node : nodes) {
      StorageReplica replica = node.replica(table.id());
      if (replica != null
          && replica.serves()
          && expiry.attribute().equals(replica.schema().expiryAttribute())
          && isFilled(replica, expiry.attribute())) {
        enabled(table, expiry);
      }
    }
  }

  /// Fills as far as it goes while this replica leads.
  ///
  /// @return whether nothing is left to fill
  private boolean isFilled(StorageReplica replica, String attribute) throws InterruptedException {
    try {
      while (!closed && replica.serves()) {
        Request.FillExpiry step = ExpiryFilling.next(replica, attribute, STEP);
        if (step == null) {
          return true;
        }
        CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
        replica.change(step, ExpiryOptions.deadline(environment.clock()), outcome::complete);
        if (!(outcome.join() instanceof WriteOutcome.Applied)) {
          return false;
        }
        if (step.next().length > 0) {
          environment.tasks().pause(ExpiryOptions.rest(STEP, options.fillsPerSecondMax()));
        }
      }
    } catch (IOException e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "items of group " + replica.group() + " cannot be read: " + e.getMessage());
    }
    return false;
  }

  private void enabled(Table table, Expiry expiry) {
    try {
      catalogue.change(
          table.name(),
          now ->
              now.id() == table.id() && expiry.equals(now.derivation().expiry())
                  ? now.withDerivation(derivation -> derivation.expiryEnabled())
                  : now);
    } catch (ApiException e) {
      // The system partition has no leader now, or the table is gone; the next look comes.
      LOGGER.log(
          System.Logger.Level.DEBUG,
          "table " + table.name() + " stays as it is: " + e.getMessage());
    }
  }
}
