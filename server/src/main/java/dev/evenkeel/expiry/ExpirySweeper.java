package dev.evenkeel.expiry;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replica.ItemExpiry;
import dev.evenkeel.replica.ItemWrite;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.telemetry.Counter;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.telemetry.Telemetry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Deletes items that have expired, in the partitions that lead in this process. Not while the wall
/// clock of the node is not believed: see [dev.evenkeel.replica.WallClocks].
public final class ExpirySweeper implements AutoCloseable {
  /// Deletions that are under way at once, and entries read at once.
  private static final int PAGE = 100;

  private static final System.Logger LOGGER = System.getLogger(ExpirySweeper.class.getName());
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private final Environment environment;
  private final List<StorageNode> nodes;
  private final Catalogue catalogue;
  private final ExpiryOptions options;
  private final Probes probes;
  private final Counter deleted;

  /// Seconds for which the oldest item that was due at the last look had been so.
  private volatile long lagSeconds;

  private volatile boolean closed;

  public ExpirySweeper(
      Environment environment,
      Telemetry telemetry,
      List<StorageNode> nodes,
      Catalogue catalogue,
      ExpiryOptions options) {
    this.environment = environment;
    this.nodes = List.copyOf(nodes);
    this.catalogue = catalogue;
    this.options = options;
    this.probes = telemetry.probes();
    this.deleted = telemetry.counter("expiry.deleted.items", "Items deleted because they expired.");
    telemetry.gauge(
        "expiry.lag.seconds",
        "How long the oldest item that had expired and was not deleted had been so.",
        () -> lagSeconds);
  }

  /// Starts the loop; returns at once.
  public void start() {
    environment.tasks().fork("expiry-sweeper", this::run);
  }

  /// Ends the loop after the page that it is at.
  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        environment.tasks().pause(options.look());
        lagSeconds = look();
      }
    } catch (InterruptedException _) {
      // The environment shuts down.
      Thread.currentThread().interrupt();
    }
  }

  /// Looks once at every partition.
  ///
  /// @return for how many seconds the oldest item that was due had been so
  long look() throws InterruptedException {
    long lag = 0;
    for (StorageNode node : nodes) {
      for (StorageReplica replica : node.replicas()) {
        if (replica.schema().expiryAttribute() != null
            && replica.serves()
            && !replica.clocks().isAhead()) {
          lag = Math.max(lag, sweep(replica));
        }
      }
    }
    return lag;
  }

  /// Deletes all that is due in a partition that leads here.
  ///
  /// @return for how many seconds the oldest had been due
  private long sweep(StorageReplica replica) throws InterruptedException {
    Table table = table(replica.group());
    if (table == null) {
      return 0;
    }
    long oldest = -1;
    byte[] next = new byte[0];
    try {
      do {
        long now = now();
        ItemExpiry.Page page = ItemExpiry.due(replica, next, now, PAGE);
        oldest = oldest < 0 ? page.oldestSecond() : oldest;
        next = page.next();
        delete(replica, table.schema(), page.items(), now);
      } while (next.length > 0 && !closed && replica.serves());
    } catch (IOException e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "what expires in table " + table.name() + " cannot be read: " + e.getMessage());
    }
    return oldest < 0 ? 0 : Math.max(0, now() - oldest);
  }

  private void delete(StorageReplica replica, TableSchema table, List<BinaryItem> items, long now)
      throws InterruptedException {
    List<CompletableFuture<WriteOutcome>> outcomes = new ArrayList<>(items.size());
    for (BinaryItem item : items) {
      CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
      replica.write(
          deletion(table, item, now),
          ExpiryOptions.deadline(environment.clock()),
          outcome::complete);
      outcomes.add(outcome);
    }
    for (CompletableFuture<WriteOutcome> outcome : outcomes) {
      switch (outcome.join()) {
        case WriteOutcome.Applied _ -> {
          deleted.increment();
          probes.hit("expiry.item-deleted");
        }
        case WriteOutcome.ConditionFailed _ -> probes.hit("expiry.item-renewed");
        // What became of the others is seen at the next look.
        default -> probes.hit("expiry.deletion-not-applied");
      }
    }
    if (!items.isEmpty()) {
      environment.tasks().pause(ExpiryOptions.rest(items.size(), options.deletionsPerSecondMax()));
    }
  }

  /// What deletes an item if it has expired.
  ///
  /// @param now seconds since 1970
  static ItemWrite deletion(TableSchema table, BinaryItem item, long now) {
    AttributeValue partition =
        Objects.requireNonNull(
            item.get(table.keys().partition().name()), "an item has its partition key");
    KeyAttribute sort = table.keys().sort();
    return new ItemWrite(
        table,
        partition,
        sort == null ? null : item.get(sort.name()),
        null,
        new ItemWrite.Change.Expire(now));
  }

  private @Nullable Table table(long id) {
    return catalogue.tables().stream().filter(table -> table.id() == id).findFirst().orElse(null);
  }

  private long now() {
    return Math.floorDiv(environment.clock().wallMicros(), MICROS_PER_SECOND);
  }
}
