package dev.evenkeel.autoadmin;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.environment.Tasks;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.router.Catalogue;
import dev.evenkeel.router.ReservedGroups;
import dev.evenkeel.router.SystemTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Drops replicas of tables that are no more, on nodes that were away when their table was deleted.
public final class Leftovers implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final List<StorageNode> here;
  private final SystemTable items;
  private final Tasks tasks;
  private volatile boolean closed;

  /// @param here the storage nodes of this process
  public Leftovers(List<StorageNode> here, SystemTable items, Tasks tasks) {
    this.here = List.copyOf(here);
    this.items = items;
    this.tasks = tasks;
  }

  public void start() {
    tasks.fork("leftovers", this::run);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    try {
      while (!closed) {
        tasks.pause(LOOK);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// A group is opened only after its table's item is written, and tables' numbers are never used
  /// again: so what is here and was not in the catalogue afterwards is left over.
  private void look() {
    Set<Long> before = new HashSet<>();
    here.forEach(node -> node.replicas().forEach(replica -> before.add(replica.group())));
    before.removeAll(ReservedGroups.ALL);
    if (before.isEmpty() || closed) {
      return;
    }
    try {
      List<BinaryItem> all = new ArrayList<>(items.all());
      before.removeAll(Catalogue.ids(all));
    } catch (ApiException _) {
      // The catalogue cannot be read now; the next look comes.
      return;
    }
    for (StorageNode node : here) {
      for (StorageReplica replica : node.replicas()) {
        if (before.contains(replica.group()) && !closed) {
          node.drop(replica.group());
        }
      }
    }
  }
}
