package dev.evenkeel.replica;

import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.GlobalIndex;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.LocalIndex;
import dev.evenkeel.model.PartitionSchema;
import dev.evenkeel.model.StreamSettings;
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

  /// Written by place: new ones go to the end.
  private static final List<StreamSettings.View> VIEWS =
      List.of(
          StreamSettings.View.KEYS_ONLY,
          StreamSettings.View.NEW_IMAGE,
          StreamSettings.View.OLD_IMAGE,
          StreamSettings.View.NEW_AND_OLD_IMAGES);

  private static final int PARTITION_VERSION = 0x01;
  private static final int BYTES_TYPICAL = 128;

  private SchemaCodec() {}

  static void write(TableSchema table, WireWriter out) {
    out.int64(table.id()).text(table.name());
    write(table.keys(), out);
    out.varint(table.localIndexes().size());
    for (LocalIndex index : table.localIndexes()) {
      out.text(index.name()).int8(index.number());
      write(index.keys(), out);
      projection(index.projection(), index.nonKeyAttributes(), out);
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

  /// As the partition stores it, and as a request carries it.
  static byte[] encode(PartitionSchema schema) {
    WireWriter out = new WireWriter(BYTES_TYPICAL).int8(PARTITION_VERSION);
    out.int64(schema.generation()).varint(schema.globalIndexes().size());
    for (GlobalIndex index : schema.globalIndexes()) {
      out.text(index.name()).int64(index.id());
      attributes(index.keys().partition(), out);
      attributes(index.keys().sort(), out);
      write(index.keys().table(), out);
      projection(index.projection(), index.nonKeyAttributes(), out);
    }
    StreamSettings stream = schema.stream();
    out.bool(stream != null);
    if (stream != null) {
      write(stream, out);
    }
    String expiry = schema.expiryAttribute();
    out.bool(expiry != null);
    return (expiry == null ? out : out.text(expiry)).finish();
  }

  static void write(StreamSettings stream, WireWriter out) {
    out.text(stream.label()).int8(VIEWS.indexOf(stream.view()));
  }

  static StreamSettings stream(WireReader in) throws IOException {
    return new StreamSettings(in.text(), listed(VIEWS, in));
  }

  /// Reads what is under a checksum in the store.
  static PartitionSchema decodePartition(byte[] stored) {
    try {
      return partition(stored);
    } catch (IOException e) {
      throw new IllegalStateException("a partition's schema cannot be read", e);
    }
  }

  static PartitionSchema partition(byte[] encoded) throws IOException {
    WireReader in = new WireReader(encoded);
    int version = in.int8();
    if (version != PARTITION_VERSION) {
      throw in.malformed("unknown format version of a partition's schema " + version);
    }
    long generation = in.int64();
    List<GlobalIndex> indexes = new ArrayList<>();
    for (int left = in.count(Limits.GLOBAL_INDEXES_MAX); left > 0; left--) {
      indexes.add(globalIndex(in));
    }
    StreamSettings stream = in.bool() ? stream(in) : null;
    String expiry = in.bool() ? in.text() : null;
    in.end();
    return new PartitionSchema(generation, indexes, stream, expiry);
  }

  private static GlobalIndex globalIndex(WireReader in) throws IOException {
    String name = in.text();
    long id = in.int64();
    List<KeyAttribute> partition = attributes(in);
    List<KeyAttribute> sort = attributes(in);
    if (partition.isEmpty()) {
      throw in.malformed("a global index without a partition key");
    }
    GlobalIndex.Keys keys = new GlobalIndex.Keys(partition, sort, keys(in));
    return new GlobalIndex(name, id, keys, listed(PROJECTIONS, in), names(in));
  }

  private static void attributes(List<KeyAttribute> attributes, WireWriter out) {
    out.varint(attributes.size());
    attributes.forEach(attribute -> write(attribute, out));
  }

  private static List<KeyAttribute> attributes(WireReader in) throws IOException {
    List<KeyAttribute> attributes = new ArrayList<>();
    for (int left = in.count(Limits.GLOBAL_INDEX_KEY_ATTRIBUTES_MAX); left > 0; left--) {
      attributes.add(attribute(in));
    }
    return attributes;
  }

  private static void projection(
      LocalIndex.Projection projection, List<String> nonKeyAttributes, WireWriter out) {
    out.int8(PROJECTIONS.indexOf(projection)).varint(nonKeyAttributes.size());
    nonKeyAttributes.forEach(out::text);
  }

  private static List<String> names(WireReader in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int left = in.count(Limits.PROJECTED_ATTRIBUTES_PER_INDEX_MAX); left > 0; left--) {
      names.add(in.text());
    }
    return names;
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
    return new LocalIndex(name, number, keys, listed(PROJECTIONS, in), names(in));
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
