package dev.evenkeel.router;

import static dev.evenkeel.router.TableItem.capacity;
import static dev.evenkeel.router.TableItem.history;
import static dev.evenkeel.router.TableItem.list;
import static dev.evenkeel.router.TableItem.map;
import static dev.evenkeel.router.TableItem.number;
import static dev.evenkeel.router.TableItem.strings;
import static dev.evenkeel.router.TableItem.text;
import static dev.evenkeel.router.TableItem.value;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.AttributeValue.Bool;
import dev.evenkeel.model.AttributeValue.L;
import dev.evenkeel.model.AttributeValue.M;
import dev.evenkeel.model.AttributeValue.N;
import dev.evenkeel.model.AttributeValue.S;
import dev.evenkeel.model.Derivation;
import dev.evenkeel.model.Expiry;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.StreamSettings;
import dev.evenkeel.model.TableCapacity;
import dev.evenkeel.model.TableIndex;
import dev.evenkeel.model.TableStreams;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The derivation within a table's entry in the catalogue.
///
/// Attributes by name: `generation`, `configured`, `indexes` [{`name`, `id`, `partition` [name…],
/// `sort` [name…], `projection`, `attributes` [name…], `status`, `backfilling`, `capacity` {…},
/// `pending` {…}?, `history` [4 numbers]}…], `stream` [label, view]?, `ended streams` [[label,
/// view, when]…], `expiry` [attribute, status]?. A table of which none is kept has nothing derived.
final class DerivationItem {
  private DerivationItem() {}

  static AttributeValue of(Derivation derivation) {
    Map<String, AttributeValue> stored = new LinkedHashMap<>();
    stored.put("generation", N.of(derivation.generation()));
    stored.put("configured", N.of(derivation.configured()));
    stored.put(
        "indexes", new L(derivation.globalIndexes().stream().map(DerivationItem::index).toList()));
    StreamSettings stream = derivation.streams().current();
    if (stream != null) {
      stored.put("stream", strings(List.of(stream.label(), stream.view().name())));
    }
    stored.put(
        "ended streams",
        new L(derivation.streams().ended().stream().map(DerivationItem::ended).toList()));
    Expiry expiry = derivation.expiry();
    if (expiry != null) {
      stored.put("expiry", strings(List.of(expiry.attribute(), expiry.status().name())));
    }
    return M.of(stored);
  }

  static Derivation derivation(
      @Nullable AttributeValue kept, List<KeyAttribute> definitions, KeySchema table) {
    if (kept == null) {
      return Derivation.NONE;
    }
    Map<String, AttributeValue> stored = map(kept);
    @Nullable AttributeValue stream = stored.get("stream");
    @Nullable AttributeValue expiry = stored.get("expiry");
    return new Derivation(
        number(value(stored, "generation")),
        number(value(stored, "configured")),
        list(value(stored, "indexes")).stream()
            .map(at -> index(map(at), definitions, table))
            .toList(),
        new TableStreams(
            stream == null ? null : stream(list(stream)),
            list(value(stored, "ended streams")).stream().map(DerivationItem::ended).toList()),
        expiry == null ? null : expiry(list(expiry)));
  }

  private static AttributeValue ended(TableStreams.Ended ended) {
    StreamSettings settings = ended.settings();
    return new L(
        List.of(new S(settings.label()), new S(settings.view().name()), N.of(ended.endedMillis())));
  }

  private static TableStreams.Ended ended(AttributeValue stored) {
    List<AttributeValue> ended = list(stored);
    return new TableStreams.Ended(stream(ended), number(ended.get(2)));
  }

  private static Expiry expiry(List<AttributeValue> stored) {
    return new Expiry(text(stored.get(0)), Expiry.Status.valueOf(text(stored.get(1))));
  }

  private static StreamSettings stream(List<AttributeValue> stored) {
    return new StreamSettings(
        text(stored.get(0)), StreamSettings.View.valueOf(text(stored.get(1))));
  }

  private static AttributeValue index(TableIndex index) {
    GlobalIndex definition = index.definition();
    Map<String, AttributeValue> stored = new LinkedHashMap<>();
    stored.put("name", new S(definition.name()));
    stored.put("id", N.of(definition.id()));
    stored.put("partition", names(definition.keys().partition()));
    stored.put("sort", names(definition.keys().sort()));
    stored.put("projection", new S(definition.projection().name()));
    stored.put("attributes", strings(definition.nonKeyAttributes()));
    stored.put("status", new S(index.status().name()));
    stored.put("backfilling", new Bool(index.backfilling()));
    stored.put("capacity", capacity(index.capacity()));
    TableCapacity pending = index.pending();
    if (pending != null) {
      stored.put("pending", capacity(pending));
    }
    stored.put("history", history(index.history()));
    return M.of(stored);
  }

  private static TableIndex index(
      Map<String, AttributeValue> stored, List<KeyAttribute> definitions, KeySchema table) {
    @Nullable AttributeValue pending = stored.get("pending");
    GlobalIndex definition =
        new GlobalIndex(
            text(value(stored, "name")),
            number(value(stored, "id")),
            new GlobalIndex.Keys(
                attributes(value(stored, "partition"), definitions),
                attributes(value(stored, "sort"), definitions),
                table),
            LocalIndex.Projection.valueOf(text(value(stored, "projection"))),
            list(value(stored, "attributes")).stream().map(TableItem::text).toList());
    return new TableIndex(
        definition,
        TableIndex.Status.valueOf(text(value(stored, "status"))),
        ((Bool) value(stored, "backfilling")).value(),
        capacity(value(stored, "capacity")),
        pending == null ? null : capacity(pending),
        history(value(stored, "history")));
  }

  private static AttributeValue names(List<KeyAttribute> attributes) {
    return strings(attributes.stream().map(KeyAttribute::name).toList());
  }

  private static List<KeyAttribute> attributes(
      AttributeValue names, List<KeyAttribute> definitions) {
    return list(names).stream().map(name -> TableItem.defined(text(name), definitions)).toList();
  }
}
