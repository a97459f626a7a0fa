package dev.evenkeel.router;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bool;
import dev.evenkeel.model.AttributeValue.L;
import dev.evenkeel.model.AttributeValue.M;
import dev.evenkeel.model.AttributeValue.N;
import dev.evenkeel.model.AttributeValue.S;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.Table;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.model.TableSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The catalogue's entry of a table as an item of the system table.
///
/// Format 1, attributes by name: `key` = `table/<name>`, `version`, `format`, `id`, `name`, `uuid`,
/// `arn`, `created`, `status`, `keys` [name…], `definitions` [[name, type]…], `indexes` [{…}…],
/// `capacity` {…}, `pending` {…}?, `history` [4 numbers], `class` [name, changed]?, `protected`,
/// `tags` {…}, `derivation` {…}? (see [DerivationItem]). A reader ignores attributes it does not
/// know.
final class TableItem {
  static final String PREFIX = "table/";
  private static final long FORMAT = 1;

  private TableItem() {}

  static String key(String table) {
    return PREFIX + table;
  }

  static long version(BinaryItem item) {
    return number(value(item.toMap(), SystemTable.VERSION));
  }

  static BinaryItem of(Table table, long version) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put(SystemTable.KEY, new S(key(table.name())));
    item.put(SystemTable.VERSION, N.of(version));
    item.put("format", N.of(FORMAT));
    item.put("id", N.of(table.id()));
    item.put("name", new S(table.name()));
    item.put("uuid", new S(table.identity().uuid()));
    item.put("arn", new S(table.arn()));
    item.put("created", N.of(table.identity().createdMillis()));
    item.put("status", new S(table.status().name()));
    item.put("keys", keys(table.schema().keys()));
    item.put(
        "definitions", new L(table.definitions().stream().map(TableItem::definition).toList()));
    item.put(
        "indexes", new L(table.schema().localIndexes().stream().map(TableItem::index).toList()));
    settings(table.settings(), item);
    Map<String, AttributeValue> tags = new LinkedHashMap<>();
    table.tags().forEach((name, value) -> tags.put(name, new S(value)));
    item.put("tags", M.of(tags));
    item.put("derivation", DerivationItem.of(table.derivation()));
    return BinaryItem.of(item);
  }

  static Table table(BinaryItem stored) {
    Map<String, AttributeValue> item = stored.toMap();
    long format = number(value(item, "format"));
    if (format != FORMAT) {
      throw new IllegalStateException("a catalogue entry has the unknown format " + format);
    }
    List<KeySchema.KeyAttribute> definitions =
        list(value(item, "definitions")).stream().map(TableItem::definition).toList();
    TableSchema schema =
        new TableSchema(
            number(value(item, "id")),
            text(value(item, "name")),
            keys(value(item, "keys"), definitions),
            list(value(item, "indexes")).stream().map(at -> index(at, definitions)).toList());
    TreeMap<String, String> tags = new TreeMap<>();
    map(value(item, "tags")).forEach((name, tag) -> tags.put(name, text(tag)));
    return new Table(
        new Table.Identity(
            schema,
            text(value(item, "uuid")),
            text(value(item, "arn")),
            number(value(item, "created"))),
        definitions,
        settings(item),
        DerivationItem.derivation(item.get("derivation"), definitions, schema.keys()),
        tags,
        Table.Status.valueOf(text(value(item, "status"))));
  }

  private static void settings(TableSettings settings, Map<String, AttributeValue> item) {
    item.put("capacity", capacity(settings.capacity()));
    TableCapacity pending = settings.pending();
    if (pending != null) {
      item.put("pending", capacity(pending));
    }
    item.put("history", history(settings.history()));
    TableSettings.ChosenClass chosen = settings.tableClass();
    if (chosen != null) {
      item.put(
          "class", new L(List.of(new S(chosen.tableClass().name()), N.of(chosen.changedMillis()))));
    }
    item.put("protected", new Bool(settings.deletionProtected()));
  }

  private static TableSettings settings(Map<String, AttributeValue> item) {
    @Nullable AttributeValue pending = item.get("pending");
    @Nullable AttributeValue chosen = item.get("class");
    return new TableSettings(
        capacity(value(item, "capacity")),
        pending == null ? null : capacity(pending),
        history(value(item, "history")),
        chosen == null ? null : chosenClass(list(chosen)),
        ((Bool) value(item, "protected")).value());
  }

  private static TableSettings.ChosenClass chosenClass(List<AttributeValue> chosen) {
    return new TableSettings.ChosenClass(
        TableSettings.TableClass.valueOf(text(chosen.get(0))), number(chosen.get(1)));
  }

  static AttributeValue history(TableSettings.History history) {
    return numbers(
        history.lastIncreaseMillis(),
        history.lastDecreaseMillis(),
        history.decreases(),
        history.lastOnDemandMillis());
  }

  static TableSettings.History history(AttributeValue stored) {
    List<AttributeValue> history = list(stored);
    return new TableSettings.History(
        number(history.get(0)),
        number(history.get(1)),
        (int) number(history.get(2)),
        number(history.get(3)));
  }

  static AttributeValue capacity(TableCapacity capacity) {
    Map<String, AttributeValue> stored = new LinkedHashMap<>();
    stored.put("mode", new S(capacity.mode().name()));
    stored.put("provisioned", numbers(capacity.readUnits(), capacity.writeUnits()));
    stored.put("maximum", numbers(capacity.maximum().readUnits(), capacity.maximum().writeUnits()));
    stored.put("warm", numbers(capacity.warm().readUnits(), capacity.warm().writeUnits()));
    return M.of(stored);
  }

  static TableCapacity capacity(AttributeValue stored) {
    Map<String, AttributeValue> capacity = map(stored);
    List<AttributeValue> provisioned = list(value(capacity, "provisioned"));
    List<AttributeValue> maximum = list(value(capacity, "maximum"));
    List<AttributeValue> warm = list(value(capacity, "warm"));
    return new TableCapacity(
        TableCapacity.BillingMode.valueOf(text(value(capacity, "mode"))),
        number(provisioned.get(0)),
        number(provisioned.get(1)),
        new TableCapacity.OnDemandMaximum(number(maximum.get(0)), number(maximum.get(1))),
        new TableCapacity.Warm(number(warm.get(0)), number(warm.get(1))));
  }

  private static AttributeValue keys(KeySchema keys) {
    return strings(keys.attributes().stream().map(KeySchema.KeyAttribute::name).toList());
  }

  private static KeySchema keys(AttributeValue stored, List<KeySchema.KeyAttribute> definitions) {
    List<AttributeValue> names = list(stored);
    return new KeySchema(
        defined(text(names.get(0)), definitions),
        names.size() == 1 ? null : defined(text(names.get(1)), definitions));
  }

  private static AttributeValue definition(KeySchema.KeyAttribute attribute) {
    return strings(List.of(attribute.name(), attribute.type().name()));
  }

  private static KeySchema.KeyAttribute definition(AttributeValue stored) {
    List<AttributeValue> parts = list(stored);
    return new KeySchema.KeyAttribute(
        text(parts.get(0)), AttributeValue.Type.valueOf(text(parts.get(1))));
  }

  static KeySchema.KeyAttribute defined(String name, List<KeySchema.KeyAttribute> definitions) {
    return definitions.stream()
        .filter(attribute -> attribute.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("key " + name + " is not defined"));
  }

  private static AttributeValue index(LocalIndex index) {
    Map<String, AttributeValue> stored = new LinkedHashMap<>();
    stored.put("name", new S(index.name()));
    stored.put("number", N.of(index.number()));
    stored.put("keys", keys(index.keys()));
    stored.put("projection", new S(index.projection().name()));
    stored.put("attributes", strings(index.nonKeyAttributes()));
    return M.of(stored);
  }

  private static LocalIndex index(AttributeValue stored, List<KeySchema.KeyAttribute> definitions) {
    Map<String, AttributeValue> index = map(stored);
    return new LocalIndex(
        text(value(index, "name")),
        (int) number(value(index, "number")),
        keys(value(index, "keys"), definitions),
        LocalIndex.Projection.valueOf(text(value(index, "projection"))),
        list(value(index, "attributes")).stream().map(TableItem::text).toList());
  }

  static AttributeValue strings(List<String> texts) {
    return new L(texts.stream().<AttributeValue>map(S::new).toList());
  }

  static AttributeValue numbers(long... values) {
    return new L(Arrays.stream(values).<AttributeValue>mapToObj(N::of).toList());
  }

  static AttributeValue value(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("a catalogue entry has no " + name);
    }
    return value;
  }

  static String text(AttributeValue value) {
    return ((S) value).value();
  }

  static long number(AttributeValue value) {
    return ((N) value).value().longValueExact();
  }

  static List<AttributeValue> list(AttributeValue value) {
    return ((L) value).values();
  }

  static Map<String, AttributeValue> map(AttributeValue value) {
    return ((M) value).values();
  }
}
