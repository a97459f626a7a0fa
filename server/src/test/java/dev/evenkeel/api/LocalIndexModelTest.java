package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random writes on a table with three local indexes, against a model that is a sorted map.
final class LocalIndexModelTest {
  private static final int WRITES = 400;
  private static final List<String> PARTITIONS = List.of("a", "b");
  private static final List<String> NAMES = List.of("s", "n", "x", "y");
  private static final List<Index> INDEXES =
      List.of(
          new Index("all", "s", "snxy"), new Index("keys", "n", "n"), new Index("some", "s", "sx"));

  /// @param holds the names of the attributes that an entry holds besides the table's key
  private record Index(String name, String sort, String holds) {}

  @RegisterExtension final TestDatabase database = new TestDatabase();

  /// The attributes of each item but for its key, each a digit, by partition and sort key.
  private final Map<String, Map<Integer, Map<String, Integer>>> model = new TreeMap<>();

  private Map<Integer, Map<String, Integer>> items(String partition) {
    return model.computeIfAbsent(partition, _ -> new TreeMap<>());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void indexesHoldWhatTheTableHolds(long seed) {
    Random random = new Random(seed);
    database.create("Tab", "h:S r:N", "all s:S ALL", "keys n:N KEYS_ONLY", "some s:S INCLUDE x");
    for (int i = 0; i < WRITES; i++) {
      write(random);
      if (i % 40 == 0 || i == WRITES - 1) {
        String as = "seed " + seed + ", after write " + i;
        INDEXES.forEach(index -> checkQueries(as, index));
        checkSizes(as);
      }
    }
  }

  private void write(Random random) {
    String partition = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
    int sort = 1 + random.nextInt(9);
    Map<Integer, Map<String, Integer>> items = items(partition);
    String key = "{'h':{'S':'" + partition + "'},'r':{'N':'" + sort + "'}";
    String name = NAMES.get(random.nextInt(NAMES.size()));
    int value = 1 + random.nextInt(9);
    switch (random.nextInt(4)) {
      case 0 -> {
        items.remove(sort);
        database.ok("DeleteItem", "'Key':" + key + "}");
      }
      case 1 -> {
        Map<String, Integer> attributes = attributes(random);
        items.put(sort, attributes);
        database.ok("PutItem", "'Item':" + key + json(attributes) + "}");
      }
      case 2 -> {
        items.computeIfAbsent(sort, _ -> new TreeMap<>()).put(name, value);
        database.ok(
            "UpdateItem",
            "'Key':%s},'UpdateExpression':'SET %s = :v','ExpressionAttributeValues':{':v':%s}"
                .formatted(key, name, value(name, value)));
      }
      default -> {
        items.computeIfAbsent(sort, _ -> new TreeMap<>()).remove(name);
        database.ok("UpdateItem", "'Key':" + key + "},'UpdateExpression':'REMOVE " + name + "'");
      }
    }
  }

  private static Map<String, Integer> attributes(Random random) {
    Map<String, Integer> attributes = new TreeMap<>();
    for (String name : NAMES) {
      if (random.nextInt(3) > 0) {
        attributes.put(name, 1 + random.nextInt(9));
      }
    }
    return attributes;
  }

  private void checkQueries(String as, Index index) {
    for (String partition : PARTITIONS) {
      for (boolean forward : new boolean[] {true, false}) {
        List<Map.Entry<Integer, Map<String, Integer>>> entries = entries(partition, index);
        String expected =
            (forward ? entries : entries.reversed())
                .stream()
                    .map(entry -> projected(partition, entry, index.holds))
                    .collect(Collectors.joining(","));
        assertThat(
                database.ok(
                    "Query",
                    "'IndexName':'%s','ScanIndexForward':%b,'KeyConditionExpression':'h = :h AND %s > :zero','ExpressionAttributeValues':{':h':{'S':'%s'},':zero':%s}"
                        .formatted(
                            index.name, forward, index.sort, partition, value(index.sort, 0))))
            .as("%s, index %s of %s", as, index.name, partition)
            .isEqualTo(
                "{'Items':[%s],'Count':%d,'ScannedCount':%d}"
                    .formatted(expected, entries.size(), entries.size()));
      }
    }
  }

  /// What the index holds of a partition, in its order.
  private List<Map.Entry<Integer, Map<String, Integer>>> entries(String partition, Index index) {
    return items(partition).entrySet().stream()
        .filter(entry -> entry.getValue().containsKey(index.sort))
        .sorted(
            Comparator.<Map.Entry<Integer, Map<String, Integer>>>comparingInt(
                    entry -> entry.getValue().getOrDefault(index.sort, 0))
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  private void checkSizes(String as) {
    String described = database.ok("DescribeTable", "");
    int items = model.values().stream().mapToInt(Map::size).sum();
    int bytes =
        model.values().stream()
            .flatMap(each -> each.values().stream())
            .mapToInt(attributes -> size(attributes, "snxy"))
            .sum();
    assertThat(described).as(as).contains("'TableSizeBytes':" + bytes + ",'ItemCount':" + items);
    for (Index index : INDEXES) {
      List<Map<String, Integer>> entries =
          Stream.concat(
                  entries(PARTITIONS.getFirst(), index).stream(),
                  entries(PARTITIONS.getLast(), index).stream())
              .map(Map.Entry::getValue)
              .toList();
      int entryBytes = entries.stream().mapToInt(attributes -> size(attributes, index.holds)).sum();
      assertThat(described.substring(described.indexOf("'IndexName':'" + index.name)))
          .as("%s index %s", as, index.name)
          .containsPattern(
              "^.*?'IndexSizeBytes':" + entryBytes + ",'ItemCount':" + entries.size() + ",");
    }
  }

  /// Names of one byte, strings of one, numbers of two.
  private static int size(Map<String, Integer> attributes, String names) {
    int size = "ha".length() + "r".length() + 2;
    for (String name : attributes.keySet()) {
      if (names.contains(name)) {
        size += 1 + (name.equals("n") ? 2 : 1);
      }
    }
    return size;
  }

  private static String projected(
      String partition, Map.Entry<Integer, Map<String, Integer>> item, String names) {
    Map<String, String> parts = new TreeMap<>();
    parts.put("h", "'h':{'S':'" + partition + "'}");
    parts.put("r", "'r':{'N':'" + item.getKey() + "'}");
    item.getValue()
        .forEach((name, value) -> {
          if (names.contains(name)) {
            parts.put(name, "'" + name + "':" + value(name, value));
          }
        });
    return "{" + String.join(",", parts.values()) + "}";
  }

  private static String json(Map<String, Integer> attributes) {
    return attributes.entrySet().stream()
        .map(each -> ",'" + each.getKey() + "':" + value(each.getKey(), each.getValue()))
        .collect(Collectors.joining());
  }

  private static String value(String name, int value) {
    return name.equals("n") ? "{'N':'" + value + "'}" : "{'S':'" + value + "'}";
  }
}
