package dev.evenkeel.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The records of a stream as they came: for each item, by owner and name, what it held after each.
/// Nothing is the empty text.
final class StreamRecords {
  private final Map<String, List<String>> values = new HashMap<>();
  private int size;

  /// @throws AssertionError when the record before it, of the same item, is not the one that came
  synchronized void add(Map<?, ?> record) {
    Object change = Objects.requireNonNull(record.get("dynamodb"));
    List<String> known =
        values.computeIfAbsent(
            item(key(change, "owner"), key(change, "name")), _ -> new ArrayList<>());
    assertThat(image(change, "OldImage"))
        .as("the old image of %s, behind records of %s", record, known)
        .isEqualTo(known.isEmpty() ? "" : known.getLast());
    known.add(image(change, "NewImage"));
    size++;
  }

  private static String key(Object change, String attribute) {
    return (String) Objects.requireNonNull(Json.at(change, "Keys", attribute, "S"), attribute);
  }

  private static String image(Object change, String name) {
    Object value = Json.at(change, name, "v", "S");
    return value == null ? "" : (String) value;
  }

  private static String item(String owner, String name) {
    return owner + "/" + name;
  }

  synchronized int size() {
    return size;
  }

  synchronized List<String> of(String owner, String name) {
    return List.copyOf(values.getOrDefault(item(owner, name), List.of()));
  }
}
