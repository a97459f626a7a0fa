package dev.evenkeel.replica;

import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table's schema within a request: the leader's own catalogue may be older than the sender's.
/// Format: see the package.
final class SchemaCodec {
  /// Written by place: new ones go to the end.
  private static final List<AttributeValue.Type> KEY_TYPES =
      List.of(AttributeValue.Type.S, AttributeValue.Type.N, AttributeValue.Type.B);

  /// Written by place: new ones go to the end.
  private static final List<LocalIndex.Projection> PROJECTIONS =
      List.of(
          LocalIndex.Projection.ALL,
          LocalIndex.Projection.KEYS_ONLY,
          LocalIndex.Projection.INCLUDE);

  private SchemaCodec() {}

  static void write(TableSchema table, WireWriter out) {
    out.int64(table.id()).text(table.name());
    write(table.keys(), out);
    out.varint(table.localIndexes().size());
    for (LocalIndex index : table.localIndexes()) {
      out.text(index.name()).int8(index.number());
      write(index.keys(), out);
      out.int8(PROJECTIONS.indexOf(index.projection())).varint(index.nonKeyAttributes().size());
      index.nonKeyAttributes().forEach(out::text);
    }
  }

  static TableSchema table(WireReader in) throws IOException {
    long id = in.int64();
    String name = in.text();
    KeySchema keys = keys(in);
    int count = in.count(Limits.LOCAL_INDEXES_MAX);
    List<LocalIndex> indexes = new ArrayList<>(count);
    for (int left = count; left > 0; left--) {
      indexes.add(index(in));
    }
    return new TableSchema(id, name, keys, indexes);
  }

  static void write(KeySchema keys, WireWriter out) {
    write(keys.partition(), out);
    KeyAttribute sort = keys.sort();
    out.bool(sort != null);
    if (sort != null) {
      write(sort, out);
    }
  }

  static KeySchema keys(WireReader in) throws IOException {
    KeyAttribute partition = attribute(in);
    return new KeySchema(partition, in.bool() ? attribute(in) : null);
  }

  /// Writes values for the keys that the schema names.
  static void write(AttributeValue partition, @Nullable AttributeValue sort, WireWriter out) {
    out.value(partition);
    if (sort != null) {
      out.value(sort);
    }
  }

  /// Reads a value that a key may have.
  static AttributeValue key(KeyAttribute attribute, WireReader in) throws IOException {
    AttributeValue value = in.value();
    if (value.type() != attribute.type()) {
      throw in.malformed("a key of another type than " + attribute);
    }
    return value;
  }

  private static LocalIndex index(WireReader in) throws IOException {
    String name = in.text();
    int number = in.int8();
    if (number < 1 || number > Limits.LOCAL_INDEXES_MAX) {
      throw in.malformed("no local index has the number " + number);
    }
    KeySchema keys = keys(in);
    if (!keys.hasSort()) {
      throw in.malformed("a local index without a sort key");
    }
    LocalIndex.Projection projection = listed(PROJECTIONS, in);
    int count = in.count(Limits.PROJECTED_ATTRIBUTES_PER_INDEX_MAX);
    List<String> nonKeyAttributes = new ArrayList<>(count);
    for (int left = count; left > 0; left--) {
      nonKeyAttributes.add(in.text());
    }
    return new LocalIndex(name, number, keys, projection, nonKeyAttributes);
  }

  private static void write(KeyAttribute attribute, WireWriter out) {
    out.text(attribute.name()).int8(KEY_TYPES.indexOf(attribute.type()));
  }

  private static KeyAttribute attribute(WireReader in) throws IOException {
    return new KeyAttribute(in.text(), listed(KEY_TYPES, in));
  }

  private static <T> T listed(List<T> values, WireReader in) throws IOException {
    int place = in.int8();
    if (place < 0 || place >= values.size()) {
      throw in.malformed(place + " is none of " + values);
    }
    return values.get(place);
  }
}
