package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
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

  private final Later<Keyed> read;
  private final Later<Filled> shortScan;
  private final Later<Keyed> query;
  private final Later<Puts> put;
  private final Later<Puts> batch;
  private final Later<Puts> transaction;
  private final Later<Puts> spread;

  /// By the field that they set.
  private final List<Later<Filled>> updates = new ArrayList<>();

  /// What is made when it is first asked for: a driver needs the templates of its own workload
  /// only.
  private static final class Later<T extends Record> {
    private final Supplier<T> maker;
    private @Nullable T made;

    Later(Supplier<T> maker) {
      this.maker = maker;
    }

    T get() {
      T now = made;
      if (now == null) {
        now = maker.get();
        made = now;
      }
      return now;
    }
  }

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

  /// One that has something else to be filled in.
  private record Filled(Keyed keyed, int at) {}

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
    String name = options.target().table();
    read = new Later<>(() -> keyed("GetItem", table + ",\"Key\":" + key + consistency));
    shortScan = new Later<>(() -> shortScan(key));
    query = new Later<>(this::query);
    put = new Later<>(() -> puts("PutItem", table + ",\"Item\":" + itemPattern(), 1));
    batch = new Later<>(() -> puts("BatchWriteItem", batchPattern(name), Operation.BATCHED));
    transaction = new Later<>(() -> transaction(Collections.nCopies(Operation.TRANSACTED, name)));
    spread = new Later<>(() -> transaction(options.withWorkload(Workload.SPREAD).tables()));
    for (int field = 0; field < shape.fields(); field++) {
      int set = field;
      updates.add(new Later<>(() -> update(key, set)));
    }
  }

  /// GetItem.
  byte[] read(long key) {
    return read.get().with(key).seal();
  }

  /// PutItem with fresh random values.
  byte[] put(long key) {
    return put(put.get(), key);
  }

  /// BatchWriteItem of the item and others, spread evenly over all that there are.
  byte[] batch(long key) {
    return put(batch.get(), key);
  }

  /// TransactWriteItems of the same kind.
  byte[] transaction(long key) {
    return put(transaction.get(), key);
  }

  /// The same, each item in a table of its own.
  byte[] spread(long key) {
    return put(spread.get(), key);
  }

  /// Query of the item's collection.
  byte[] query(long key) {
    return query.get().with(key).seal();
  }

  /// UpdateItem that sets one random field to a fresh random value.
  byte[] update(long key) {
    int field = random.nextInt(updates.size());
    Filled update = updates.get(field).get();
    RequestTemplate template = update.keyed().with(key);
    value(template, update.at(), shape.valueBytes(field));
    return template.seal();
  }

  /// Scan of 1 to 100 items from `key` on.
  byte[] shortScan(long key) {
    Filled scan = shortScan.get();
    RequestTemplate template = scan.keyed().with(key);
    template.number(scan.at(), 3, 1L + random.nextInt(SHORT_SCAN_MAX), ' ');
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

  private static Filled filled(Keyed keyed, String place) {
    return new Filled(keyed, keyed.template().find(place));
  }

  private Filled shortScan(String key) {
    String start = ",\"Limit\":~~~,\"ExclusiveStartKey\":";
    return filled(keyed("Scan", table + start + key + consistency), "~~~");
  }

  private Filled update(String key, int field) {
    return filled(
        keyed("UpdateItem", table + ",\"Key\":" + key + updatePattern(field)),
        "~".repeat(shape.valueBytes(field)));
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
