package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The requests of one driver, from one template per operation (and, for updates, per field).
final class RequestFactory {
  private static final String DIGITS = "#".repeat(ItemShape.KEY_DIGITS);
  private static final String SORT_DIGITS = "@".repeat(ItemShape.SORT_DIGITS);
  private static final String PARTITION_KEY = "{\"S\":\"" + ItemShape.KEY_PREFIX + DIGITS + "\"}";
  private static final int SHORT_SCAN_MAX = 100;
  private static final int POOL_BYTES = 1 << 16;

  private final Signer signer;
  private final String table;
  private final String consistency;
  private final ItemShape shape;
  private final RandomGenerator random;

  /// Items that there are.
  private final long items;

  /// Random letters; a field's value is a piece of it.
  private final byte[] pool;

  private final Keyed read;
  private final Keyed shortScan;
  private final int limitAt;
  private final Keyed query;
  private final Puts put;
  private final Puts batch;
  private final Puts transaction;
  private final Puts spread;
  private final Keyed[] updates;
  private final int[] updateValueAt;

  /// Where the digits of a key go.
  ///
  /// @param sortAt −1 where there is no sort key
  /// @param collection items that share a partition key
  private record Place(int keyAt, int sortAt, int collection) {
    void write(RequestTemplate template, long key) {
      template.number(keyAt, ItemShape.KEY_DIGITS, key / collection, '0');
      if (sortAt >= 0) {
        template.number(sortAt, ItemShape.SORT_DIGITS, key % collection, '0');
      }
    }
  }

  /// A template and where its key goes.
  private record Keyed(RequestTemplate template, Place place) {
    RequestTemplate with(long key) {
      place.write(template, key);
      return template;
    }
  }

  /// A template that puts items.
  ///
  /// @param places where the items' keys go
  /// @param valuesAt where the values of all their fields go, item by item
  @SuppressWarnings("ArrayRecordComponent")
  private record Puts(RequestTemplate template, List<Place> places, int[] valuesAt) {}

  /// @param options of whom the tables count, and the items that there are
  RequestFactory(Signer signer, BenchOptions options, ItemShape shape, RandomGenerator random) {
    this.signer = signer;
    this.table = named(options.target().table());
    this.consistency = options.data().eventual() ? "" : ",\"ConsistentRead\":true";
    this.shape = shape;
    this.items = options.data().items();
    this.random = random;
    this.pool = letters(POOL_BYTES + longestValue(shape), random);

    String key = '{' + keyPattern() + '}';
    read = keyed("GetItem", table + ",\"Key\":" + key + consistency);
    shortScan = keyed("Scan", table + ",\"Limit\":~~~,\"ExclusiveStartKey\":" + key + consistency);
    limitAt = shortScan.template().find("~~~");
    query = query();
    put = puts("PutItem", table + ",\"Item\":" + itemPattern(), 1);
    batch = puts("BatchWriteItem", batchPattern(options.target().table()), Operation.BATCHED);
    transaction = transaction(Collections.nCopies(Operation.TRANSACTED, options.target().table()));
    spread = transaction(options.withWorkload(Workload.SPREAD).tables());
    updates = new Keyed[shape.fields()];
    updateValueAt = new int[shape.fields()];
    for (int field = 0; field < shape.fields(); field++) {
      updates[field] = keyed("UpdateItem", table + ",\"Key\":" + key + updatePattern(field));
      updateValueAt[field] = updates[field].template().find("~".repeat(shape.valueBytes(field)));
    }
  }

  /// GetItem.
  byte[] read(long key) {
    return read.with(key).seal();
  }

  /// PutItem with fresh random values.
  byte[] put(long key) {
    return put(put, key);
  }

  /// BatchWriteItem of the item and others, spread evenly over all that there are.
  byte[] batch(long key) {
    return put(batch, key);
  }

  /// TransactWriteItems of the same kind.
  byte[] transaction(long key) {
    return put(transaction, key);
  }

  /// The same, each item in a table of its own.
  byte[] spread(long key) {
    return put(spread, key);
  }

  /// Query of the item's collection.
  byte[] query(long key) {
    return query.with(key).seal();
  }

  /// UpdateItem that sets one random field to a fresh random value.
  byte[] update(long key) {
    int field = random.nextInt(updates.length);
    RequestTemplate template = updates[field].with(key);
    value(template, updateValueAt[field], shape.valueBytes(field));
    return template.seal();
  }

  /// Scan of 1 to 100 items from `key` on.
  byte[] shortScan(long key) {
    RequestTemplate template = shortScan.with(key);
    template.number(limitAt, 3, 1L + random.nextInt(SHORT_SCAN_MAX), ' ');
    return template.seal();
  }

  /// One page of a Scan of a segment, from `startKey` (JSON) on.
  byte[] scanPage(int segment, int segments, @Nullable String startKey) {
    String from = startKey == null ? "" : ",\"ExclusiveStartKey\":" + startKey;
    String part = segments == 1 ? "" : ",\"Segment\":" + segment + ",\"TotalSegments\":" + segments;
    return RequestTemplate.of(signer, "Scan", '{' + table + part + from + consistency + '}').seal();
  }

  private byte[] put(Puts puts, long key) {
    RequestTemplate template = puts.template();
    int count = puts.places().size();
    for (int i = 0; i < count; i++) {
      puts.places().get(i).write(template, count == 1 ? key : (key + i * (items / count)) % items);
    }
    for (int i = 0; i < puts.valuesAt().length; i++) {
      value(template, puts.valuesAt()[i], shape.valueBytes(i % shape.fields()));
    }
    return template.seal();
  }

  private static String named(String table) {
    return "\"TableName\":\"" + table + '"';
  }

  private Keyed keyed(String operation, String members) {
    RequestTemplate template = RequestTemplate.of(signer, operation, '{' + members + '}');
    return new Keyed(template, place(template, template.find(DIGITS)));
  }

  private Place place(RequestTemplate template, int keyAt) {
    boolean isSorted = shape.collection() > 1;
    return new Place(keyAt, isSorted ? template.find(SORT_DIGITS, keyAt) : -1, shape.collection());
  }

  private Keyed query() {
    String condition =
        ",\"KeyConditionExpression\":\"pk = :p\",\"ExpressionAttributeValues\":{\":p\":";
    RequestTemplate template =
        RequestTemplate.of(
            signer, "Query", '{' + table + condition + PARTITION_KEY + '}' + consistency + '}');
    return new Keyed(template, new Place(template.find(DIGITS), -1, shape.collection()));
  }

  private Puts transaction(List<String> tables) {
    String puts =
        tables.stream()
            .map(each -> "{\"Put\":{" + named(each) + ",\"Item\":" + itemPattern() + "}}")
            .collect(Collectors.joining(","));
    return puts("TransactWriteItems", "\"TransactItems\":[" + puts + ']', tables.size());
  }

  private String batchPattern(String name) {
    String request = "{\"PutRequest\":{\"Item\":" + itemPattern() + "}}";
    String requests = String.join(",", Collections.nCopies(Operation.BATCHED, request));
    return "\"RequestItems\":{\"" + name + "\":[" + requests + "]}";
  }

  private Puts puts(String operation, String members, int count) {
    RequestTemplate template = RequestTemplate.of(signer, operation, '{' + members + '}');
    List<Place> places = new ArrayList<>();
    int[] valuesAt = new int[count * shape.fields()];
    int at = template.find(DIGITS);
    for (int i = 0; i < valuesAt.length; i++) {
      int field = i % shape.fields();
      if (field == 0) {
        at = template.find(DIGITS, at);
        places.add(place(template, at));
        at += DIGITS.length();
      }
      String opening = '"' + ItemShape.name(field) + "\":{\"S\":\"";
      at = template.find(opening, at) + opening.length();
      valuesAt[i] = at;
    }
    return new Puts(template, places, valuesAt);
  }

  private String keyPattern() {
    String sort =
        shape.collection() > 1
            ? ",\"" + ItemShape.SORT_KEY + "\":{\"S\":\"" + SORT_DIGITS + "\"}"
            : "";
    return "\"pk\":" + PARTITION_KEY + sort;
  }

  private String itemPattern() {
    StringBuilder item = new StringBuilder("{").append(keyPattern());
    for (int field = 0; field < shape.fields(); field++) {
      item.append(",\"").append(ItemShape.name(field)).append("\":{\"S\":\"");
      item.repeat('~', shape.valueBytes(field)).append("\"}");
    }
    return item.append('}').toString();
  }

  private String updatePattern(int field) {
    return ",\"UpdateExpression\":\"SET "
        + ItemShape.name(field)
        + " = :v\",\"ExpressionAttributeValues\":{\":v\":{\"S\":\""
        + "~".repeat(shape.valueBytes(field))
        + "\"}}";
  }

  private void value(RequestTemplate template, int at, int length) {
    template.copy(at, pool, random.nextInt(POOL_BYTES), length);
  }

  private static int longestValue(ItemShape shape) {
    int longest = 0;
    for (int field = 0; field < shape.fields(); field++) {
      longest = Math.max(longest, shape.valueBytes(field));
    }
    return longest;
  }

  private static byte[] letters(int count, RandomGenerator random) {
    byte[] alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".getBytes(ISO_8859_1);
    byte[] letters = new byte[count];
    for (int i = 0; i < count; i++) {
      letters[i] = alphabet[random.nextInt(alphabet.length)];
    }
    return letters;
  }
}
