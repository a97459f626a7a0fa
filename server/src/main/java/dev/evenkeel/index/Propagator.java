package dev.evenkeel.index;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecord;
import dev.evenkeel.replica.IndexBatch;
import dev.evenkeel.replica.Request;
import dev.evenkeel.replica.Retention;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.replica.WriteOutcome;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.RequestRouter;
import dev.evenkeel.telemetry.Counter;
import dev.evenkeel.telemetry.LatencyHistogram;
import dev.evenkeel.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Has global indexes follow the partitions that are led in this process: one loop, woken when
/// change records are applied, that sends each index the next batch. Idle partitions cost nothing.
public final class Propagator implements AutoCloseable, Retention.Need {
  /// Partitions are looked at this often also without a reason.
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final Duration ANNOUNCE_AGAIN = Duration.ofMillis(20);

  /// The name of the event that a batch was refused, being from elsewhere.
  public static final String REFUSED = "index.batch-refused";

  /// A global index as it follows a partition that is led here.
  ///
  /// @param index group of the index's partition
  /// @param base group of the table's partition
  /// @param filled how much of the table it has, from 0 to 1
  /// @param backlog changes that it lacks, about
  public record Following(long index, long base, double filled, long backlog) {}

  private final Environment environment;
  private final List<StorageNode> here;
  private final RequestRouter router;
  private final Announcement announcement;
  private final BackPressure backPressure;
  private final IndexOptions options;
  private final Telemetry telemetry;
  private final LatencyHistogram lag;
  private final Counter records;
  private final Counter filled;

  /// By the index's id.
  private final Map<Long, Follower> followers = new ConcurrentSkipListMap<>();

  /// Partitions that may have something to propagate, by group.
  private final Map<Long, StorageReplica> pending = new ConcurrentSkipListMap<>();

  private volatile CompletableFuture<Void> wakeUp = new CompletableFuture<>();
  private volatile boolean closed;

  /// @param here the storage nodes of this process
  public Propagator(
      Environment environment,
      List<StorageNode> here,
      RequestRouter router,
      Catalogue catalogue,
      IndexOptions options,
      Telemetry telemetry) {
    this.environment = environment;
    this.here = List.copyOf(here);
    this.router = router;
    this.announcement = new Announcement(catalogue);
    this.backPressure = new BackPressure(catalogue);
    this.options = options;
    this.telemetry = telemetry;
    this.lag =
        telemetry.latency("index.lag", "From the commit of a change to its effect on an index.");
    this.records = telemetry.counter("index.changes", "Changes that indexes have followed.");
    this.filled = telemetry.counter("index.filled", "Entries of items older than their index.");
    telemetry.gauge(
        "index.backlog", "Changes that the index furthest behind lacks, about.", this::backlog);
    telemetry.gauge(
        "index.filled.share",
        "How much of its table the index has that is filled least, from 0 to 1.",
        () -> followers.values().stream().mapToDouble(Follower::filled).min().orElse(1));
  }

  /// Every index that follows a partition led here.
  public List<Following> following() {
    return followers.values().stream()
        .map(each ->
            new Following(each.index().id(), each.base().group(), each.filled(), each.backlog()))
        .toList();
  }

  public void start() {
    here.forEach(node -> node.onRecords(this::recorded));
    environment.tasks().fork("index-propagator", this::run);
  }

  @Override
  public void close() {
    closed = true;
    wakeUp.complete(null);
  }

  @Override
  public @Nullable ChangePosition done(StorageReplica partition, PartitionSchema schema) {
    ChangePosition least = ChangePosition.END;
    for (GlobalIndex index : schema.globalIndexes()) {
      Follower follower = followers.get(index.id());
      ChangePosition done =
          follower == null || follower.base() != partition ? null : follower.done();
      if (done == null) {
        return null;
      }
      least = done.compareTo(least) < 0 ? done : least;
    }
    return least;
  }

  Environment environment() {
    return environment;
  }

  IndexOptions options() {
    return options;
  }

  /// A follower that is busy looks again by itself.
  private void recorded(StorageReplica replica) {
    for (GlobalIndex index : replica.schema().globalIndexes()) {
      Follower follower = followers.get(index.id());
      if (follower == null || follower.base() != replica || !follower.isBusy()) {
        if (replica.serves()) {
          look(replica);
        }
        return;
      }
    }
  }

  /// Looks at the partition soon. Any thread.
  void look(StorageReplica replica) {
    pending.put(replica.group(), replica);
    wakeUp.complete(null);
  }

  /// @param at not before this time, on the monotonic clock
  void lookAt(StorageReplica replica, long at) {
    long left = at - environment.clock().monotonicNanos();
    if (left <= 0) {
      look(replica);
    } else {
      environment.tasks().after(Duration.ofNanos(left), () -> look(replica));
    }
  }

  void send(Request.Follow batch, Consumer<WriteOutcome> done) {
    router.change(batch, done);
  }

  /// The index's partition told where it is.
  void arrived(Follower follower) {
    if (follower.isToBeAnnounced()) {
      announce(follower);
    }
  }

  void propagated(IndexBatch batch, List<ChangeRecord> changes) {
    records.add(changes.size());
    if (!batch.to().filled().equals(batch.from().filled())) {
      filled.add(batch.changes().size());
    }
    long now = environment.clock().wallMicros();
    for (ChangeRecord change : changes) {
      lag.record(Math.max(0, now - change.commitMicros()) * 1_000);
    }
  }

  void refused() {
    telemetry.probes().hit(REFUSED);
  }

  private double backlog() {
    return followers.values().stream().mapToLong(Follower::backlog).max().orElse(0);
  }

  private void run() {
    try {
      while (!closed) {
        CompletableFuture<Void> next = new CompletableFuture<>();
        wakeUp = next;
        lookAtPending();
        Tasks.Timer timer = environment.tasks().after(LOOK, () -> next.complete(null));
        next.get();
        timer.cancel();
        lookAtAllIfDue();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wake-up cannot fail", e);
    }
  }

  /// When every partition was last looked at, on the monotonic clock.
  private long allSeen;

  private void lookAtAllIfDue() {
    long now = environment.clock().monotonicNanos();
    if (now - allSeen < LOOK.toNanos()) {
      return;
    }
    allSeen = now;
    followers.values().removeIf(Propagator::isOver);
    followers.values().stream().filter(Follower::isToBeAnnounced).forEach(this::announce);
    for (StorageNode node : here) {
      for (StorageReplica replica : node.replicas()) {
        if (!replica.schema().globalIndexes().isEmpty() && replica.serves()) {
          pending.put(replica.group(), replica);
        }
      }
    }
  }

  private static boolean isOver(Follower follower) {
    StorageReplica base = follower.base();
    boolean over = !base.serves() || !base.schema().globalIndexes().contains(follower.index());
    if (over) {
      base.overload(null);
    }
    return over;
  }

  /// Tells the catalogue that every item of the table has its entry.
  private void announce(Follower follower) {
    follower.announced();
    environment
        .tasks()
        .fork(
            "index-filled-" + follower.index().id(),
            () -> {
              try {
                while (!closed && follower.base().serves() && !announcement.make(follower)) {
                  environment.tasks().pause(ANNOUNCE_AGAIN);
                }
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void lookAtPending() {
    for (long group : List.copyOf(pending.keySet())) {
      StorageReplica replica = pending.remove(group);
      if (replica != null) {
        lookAt(replica);
      }
    }
  }

  private void lookAt(StorageReplica replica) {
    List<GlobalIndex> indexes = replica.schema().globalIndexes();
    List<GlobalIndex> behind = new ArrayList<>();
    for (GlobalIndex index : indexes) {
      Follower follower = followers.get(index.id());
      if (follower == null || follower.base() != replica) {
        follower = new Follower(this, index, replica);
        followers.put(index.id(), follower);
      }
      follower.advance();
      if (follower.backlog() > options.backlogMax()) {
        behind.add(index);
      }
    }
    replica.overload(behind.isEmpty() ? null : backPressure.refusal(replica.group(), behind));
  }
}
