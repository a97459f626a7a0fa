package dev.evenkeel.replica;

import dev.evenkeel.environment.Environment;
import dev.evenkeel.model.PartitionSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Lets change records go that nobody needs any more: the one place that does, since an index may
/// still lack what a stream has no use for, and the other way round. Looks after the partitions
/// that are led in this process.
public final class Retention implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  private final List<StorageNode> here;
  private final Environment environment;
  private final List<Need> needs = new CopyOnWriteArrayList<>();

  /// Up to where partitions led here let their records go, in this life.
  private final Map<Long, ChangePosition> forgotten = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /// Somebody who follows changes.
  @FunctionalInterface
  public interface Need {
    /// Up to where it needs no records of the partition any more: [ChangePosition#END] when it
    /// needs none at all, null when it cannot say now, which keeps all.
    ///
    /// @param schema of the partition; records go only if it is still that when they do
    @Nullable ChangePosition done(StorageReplica partition, PartitionSchema schema);
  }

  /// @param here the storage nodes of this process
  public Retention(List<StorageNode> here, Environment environment) {
    this.here = List.copyOf(here);
    this.environment = environment;
  }

  /// From here on nothing goes that it needs; all have to be there before the start.
  public void add(Need need) {
    needs.add(need);
  }

  public void start() {
    environment.tasks().fork("retention", this::run);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        environment.tasks().pause(LOOK);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    for (StorageNode node : here) {
      for (StorageReplica replica : node.replicas()) {
        if (!closed && replica.schema().generation() > 0 && replica.serves()) {
          look(replica);
        }
      }
    }
  }

  private void look(StorageReplica replica) {
    PartitionSchema schema = replica.schema();
    ChangePosition upTo = ChangePosition.endOf(replica.state().appliedSlot());
    for (Need need : needs) {
      ChangePosition done = need.done(replica, schema);
      if (done == null) {
        return;
      }
      upTo = done.compareTo(upTo) < 0 ? done : upTo;
    }
    if (hasOldRecords(replica, upTo)) {
      ChangePosition gone = upTo;
      replica.change(
          new Request.Forget(replica.group(), upTo, schema.generation()),
          environment.clock().monotonicNanos() + ANSWER_WITHIN.toNanos(),
          outcome -> {
            if (outcome instanceof WriteOutcome.Applied) {
              forgotten.put(replica.group(), gone);
            }
          });
    }
  }

  private boolean hasOldRecords(StorageReplica replica, ChangePosition upTo) {
    ChangePosition from = forgotten.getOrDefault(replica.group(), ChangePosition.START);
    if (from.compareTo(upTo) >= 0) {
      return false;
    }
    try {
      List<ChangeRecord> oldest = replica.changes(from, 1, 1);
      return !oldest.isEmpty() && oldest.getFirst().position().compareTo(upTo) <= 0;
    } catch (IOException _) {
      // The next look tries again; until then all is kept.
      return false;
    }
  }
}
