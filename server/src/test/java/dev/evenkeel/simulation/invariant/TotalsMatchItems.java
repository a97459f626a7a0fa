package dev.evenkeel.simulation.invariant;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.codec.StoredKeys.Kind;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Function;
import dev.evenkeel.expression.Operand;
import dev.evenkeel.expression.Path;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.node.Database;
import dev.evenkeel.replica.Page;
import dev.evenkeel.replica.PageOutcome;
import dev.evenkeel.replica.PageRead;
import dev.evenkeel.replica.ReplicaState;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.Region;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A replica's totals are those of its items, and its local index has an entry for each item and no
/// other: what one entry of the log changes, it changes together. Judged now and then, and whenever
/// the node begins to serve.
public final class TotalsMatchItems implements Invariant {
  private static final int CHECK_ONE_IN = 3_000;
  private static final Condition HAS_V =
      new Condition.Predicate(new Operand.Call(Function.ATTRIBUTE_EXISTS, List.of(Path.of("v"))));

  private final Region region;
  private final long table;
  private long steps;

  public TotalsMatchItems(Region region, long table) {
    this.region = region;
    this.table = table;
    region.whenOpened(this::checkNow);
  }

  @Override
  public void check() {
    if (++steps % CHECK_ONE_IN == 0) {
      checkNow();
    }
  }

  /// Compares now, unless the node is down or closes its store.
  public void checkNow() {
    Database database = region.serves() ? region.node().service() : null;
    StorageReplica replica = database == null ? null : database.storage().replica(table);
    if (replica == null) {
      return;
    }
    try {
      ReplicaState state = replica.state();
      Page items = all(replica, Kind.ITEM);
      Page entries = all(replica, Kind.LOCAL_INDEX_ENTRY);
      compare("items", state.items(), items);
      compare("entries", state.entries(1), entries);
      if (!keys(items.items()).equals(keys(entries.items()))) {
        throw new AssertionError("the index does not match the items");
      }
    } catch (IOException e) {
      region.hit("simulation.store-unreadable");
    }
  }

  private Page all(StorageReplica replica, Kind kind) throws IOException {
    PageOutcome outcome =
        replica.read(
            new PageRead(
                StoredKeys.all(table, kind), false, Integer.MAX_VALUE, Long.MAX_VALUE, HAS_V, null),
            false);
    if (outcome instanceof PageOutcome.Read(var page)) {
      return page;
    }
    throw new IOException("no page: " + outcome);
  }

  private static void compare(String what, ReplicaState.Total total, Page page) {
    if (total.count() != page.evaluated() || total.bytes() != page.bytes()) {
      throw new AssertionError(
          "%s: %s in the totals, %d with %d bytes in the store"
              .formatted(what, total, page.evaluated(), page.bytes()));
    }
  }

  private static Set<String> keys(List<BinaryItem> items) {
    Set<String> keys = new TreeSet<>();
    items.forEach(
        item -> keys.add(text(item, "pk") + "/" + text(item, "v") + "/" + text(item, "sk")));
    return keys;
  }

  private static String text(BinaryItem item, String name) {
    return item.get(name) instanceof AttributeValue.S(var value) ? value : "";
  }
}
