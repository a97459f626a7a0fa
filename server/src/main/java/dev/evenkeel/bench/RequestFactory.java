package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The requests of one driver, from one template per operation (and, for updates, per field).
final class RequestFactory {
  private static final String DIGITS = "#".repeat(ItemShape.KEY_DIGITS);
  private static final int SHORT_SCAN_MAX = 100;
  private static final int POOL_BYTES = 1 << 16;

  private final Signer signer;
  private final String table;
  private final String consistency;
  private final ItemShape shape;
  private final RandomGenerator random;

  /// Random letters; a field's value is a piece of it.
  private final byte[] pool;

  private final Keyed read;
  private final Keyed shortScan;
  private final int limitAt;
  private final Keyed put;
  private final int[] putValuesAt;
  private final Keyed[] updates;
  private final int[] updateValueAt;

  /// A template and where its key's digits go.
  private record Keyed(RequestTemplate template, int keyAt) {
    Keyed(RequestTemplate template) {
      this(template, template.find(DIGITS));
    }

    RequestTemplate with(long key) {
      template.number(keyAt, ItemShape.KEY_DIGITS, key, '0');
      return template;
    }
  }

  RequestFactory(
      Signer signer, String table, boolean eventual, ItemShape shape, RandomGenerator random) {
    this.signer = signer;
    this.table = "\"TableName\":\"" + table + '"';
    this.consistency = eventual ? "" : ",\"ConsistentRead\":true";
    this.shape = shape;
    this.random = random;
    this.pool = letters(POOL_BYTES + longestValue(shape), random);

    String key = "{\"pk\":{\"S\":\"" + ItemShape.KEY_PREFIX + DIGITS + "\"}}";
    read = keyed("GetItem", ",\"Key\":" + key + consistency);
    shortScan = keyed("Scan", ",\"Limit\":~~~,\"ExclusiveStartKey\":" + key + consistency);
    limitAt = shortScan.template().find("~~~");
    put = keyed("PutItem", ",\"Item\":" + itemPattern());
    putValuesAt = new int[shape.fields()];
    updates = new Keyed[shape.fields()];
    updateValueAt = new int[shape.fields()];
    for (int field = 0; field < shape.fields(); field++) {
      String opening = '"' + ItemShape.name(field) + "\":{\"S\":\"";
      putValuesAt[field] = put.template().find(opening) + opening.length();
      updates[field] = keyed("UpdateItem", ",\"Key\":" + key + updatePattern(field));
      updateValueAt[field] = updates[field].template().find("~".repeat(shape.valueBytes(field)));
    }
  }

  /// GetItem.
  byte[] read(long key) {
    return read.with(key).seal();
  }

  /// PutItem with fresh random values.
  byte[] put(long key) {
    RequestTemplate template = put.with(key);
    for (int field = 0; field < putValuesAt.length; field++) {
      value(template, putValuesAt[field], shape.valueBytes(field));
    }
    return template.seal();
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

  private Keyed keyed(String operation, String members) {
    return new Keyed(RequestTemplate.of(signer, operation, '{' + table + members + '}'));
  }

  private String itemPattern() {
    StringBuilder item = new StringBuilder("{\"pk\":{\"S\":\"");
    item.append(ItemShape.KEY_PREFIX).append(DIGITS).append("\"}");
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
