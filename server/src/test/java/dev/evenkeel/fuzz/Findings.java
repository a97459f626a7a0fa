package dev.evenkeel.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What answers have had that later requests can use, the newest of each kind.
final class Findings {
  private static final int KEPT_MAX = 8;

  /// Member of an answer → member of requests that it is good for.
  private static final Map<String, String> USES =
      Map.ofEntries(
          Map.entry("ShardIterator", "ShardIterator"),
          Map.entry("NextShardIterator", "ShardIterator"),
          Map.entry("StreamArn", "StreamArn"),
          Map.entry("LatestStreamArn", "StreamArn"),
          Map.entry("ShardId", "ShardId"),
          Map.entry("StartingSequenceNumber", "SequenceNumber"),
          Map.entry("EndingSequenceNumber", "SequenceNumber"),
          Map.entry("SequenceNumber", "SequenceNumber"),
          Map.entry("TableArn", "TableArn"),
          Map.entry("IndexArn", "TableArn"),
          Map.entry("NextToken", "NextToken"),
          Map.entry("LastEvaluatedKey", "ExclusiveStartKey"));

  private final Map<String, List<Object>> found = new HashMap<>();

  void note(Object answer) {
    switch (answer) {
      case Map<?, ?> members ->
          members.forEach((name, value) -> {
            String use = USES.get(name);
            if (use != null) {
              keep(use, value);
            }
            note(value);
          });
      case List<?> elements -> elements.forEach(this::note);
      default -> {}
    }
  }

  private void keep(String use, Object value) {
    List<Object> kept = found.computeIfAbsent(use, _ -> new ArrayList<>());
    if (!kept.contains(value)) {
      kept.add(value);
    }
    if (kept.size() > KEPT_MAX) {
      kept.removeFirst();
    }
  }

  /// One that is good for that member of a request; null where there is none.
  @Nullable Object any(String use, Choices choices) {
    List<Object> kept = found.get(use);
    return kept == null ? null : copy(choices.among(kept));
  }

  /// Requests change what they are made of.
  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      members.forEach((name, member) -> copy.put(name, copy(member)));
      return copy;
    }
    return value instanceof List<?> elements
        ? new ArrayList<>(elements.stream().map(Findings::copy).toList())
        : value;
  }
}
