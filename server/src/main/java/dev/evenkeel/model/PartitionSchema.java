package dev.evenkeel.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the replicas of a partition do with each change of an item besides storing it. The
/// partition itself holds it, changed by an entry of its log: a request's sender may not know yet
/// of an index or a stream that exists, the leader always does.
///
/// @param generation raised with each change; a partition takes none that is lower
/// @param globalIndexes all that are maintained, those that are still being filled too
/// @param stream the stream that is on, or null
/// @param expiryAttribute name of the attribute that says when an item expires, or null
public record PartitionSchema(
    long generation,
    List<GlobalIndex> globalIndexes,
    @Nullable StreamSettings stream,
    @Nullable String expiryAttribute) {
  /// Nothing besides storing.
  public static final PartitionSchema NONE = new PartitionSchema(0, List.of(), null, null);

  public PartitionSchema {
    globalIndexes = List.copyOf(globalIndexes);
  }

  /// Whether each change of an item leaves a record of it.
  public boolean recordsChanges() {
    return stream != null || !globalIndexes.isEmpty();
  }
}
