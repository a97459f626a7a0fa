package dev.evenkeel.simulation.invariant;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.replica.IndexPosition;
import dev.evenkeel.replica.ReplicaState;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.storage.Cursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Once nobody writes any more, every global index is filled and comes to hold exactly what its
/// table makes of it, no entry more or less, and counts them right.
///
/// What an entry is, is said here once more, from the table's items alone.
public final class IndexesMatch {
  private final ZonedRegion region;

  public IndexesMatch(ZonedRegion region) {
    this.region = region;
  }

  /// A partition as its leader has it.
  private record Led(StorageNode node, StorageReplica replica) {}

  /// What does not match (yet); empty when everything does.
  public String problem() {
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      if (storage == null) {
        return "node " + node.number() + " is down";
      }
      for (StorageReplica replica : storage.replicas()) {
        if (replica.serves()) {
          for (GlobalIndex index : replica.schema().globalIndexes()) {
            String problem = problem(new Led(storage, replica), index);
            if (!problem.isEmpty()) {
              return "index " + index.name() + " " + problem;
            }
          }
        }
      }
    }
    return "";
  }

  private @Nullable Led leader(long group) {
    for (ZonedNode node : region.nodes()) {
      StorageNode storage = node.storage();
      StorageReplica replica = storage == null ? null : storage.replica(group);
      if (storage != null && replica != null && replica.serves()) {
        return new Led(storage, replica);
      }
    }
    return null;
  }

  private String problem(Led table, GlobalIndex index) {
    Led entries = leader(index.id());
    if (entries == null) {
      return "has no leader";
    }
    long base = table.replica.group();
    try {
      byte[] position = entries.node.store().get(StoredKeys.indexPosition(index.id(), base));
      if (position == null || !IndexPosition.of(BinaryItem.wrap(position)).isFilled(base)) {
        return "is not filled";
      }
      List<String> expected = new ArrayList<>();
      for (BinaryItem item : items(table)) {
        Map<String, AttributeValue> attributes = item.toMap();
        if (index.keys().own().stream().allMatch(key -> attributes.containsKey(key.name()))) {
          expected.add(projected(index, attributes).toString());
        }
      }
      return compare(expected, entries);
    } catch (IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }

  private static List<BinaryItem> items(Led led) throws IOException {
    List<BinaryItem> items = new ArrayList<>();
    StoredKeys.Range all = StoredKeys.all(led.replica.group(), StoredKeys.Kind.ITEM);
    try (Cursor cursor = led.node.store().scan(all.from(), all.to(), false)) {
      while (cursor.next()) {
        items.add(BinaryItem.wrap(cursor.value()));
      }
    }
    return items;
  }

  private static Map<String, AttributeValue> projected(
      GlobalIndex index, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> projected = new TreeMap<>(item);
    if (index.projection() != LocalIndex.Projection.ALL) {
      Set<String> kept = new HashSet<>(index.nonKeyAttributes());
      index.keys().own().stream().map(KeyAttribute::name).forEach(kept::add);
      index.keys().table().attributes().stream().map(KeyAttribute::name).forEach(kept::add);
      projected.keySet().retainAll(kept);
    }
    return projected;
  }

  private static String compare(List<String> expected, Led entries) throws IOException {
    List<String> found = new ArrayList<>();
    long bytes = 0;
    for (BinaryItem entry : items(entries)) {
      found.add(new TreeMap<>(entry.toMap()).toString());
      bytes += entry.size();
    }
    Collections.sort(expected);
    Collections.sort(found);
    if (!found.equals(expected)) {
      List<String> more = new ArrayList<>(found);
      expected.forEach(more::remove);
      List<String> less = new ArrayList<>(expected);
      found.forEach(less::remove);
      return "has " + shortened(more) + " and lacks " + shortened(less);
    }
    ReplicaState.Total counted = entries.replica.state().items();
    return counted.equals(new ReplicaState.Total(found.size(), bytes))
        ? ""
        : "counts %s, and has %d with %d bytes".formatted(counted, found.size(), bytes);
  }

  private static List<String> shortened(List<String> entries) {
    return entries.stream()
        .limit(3)
        .map(entry -> entry.length() > 200 ? entry.substring(0, 200) + "…" : entry)
        .toList();
  }
}
