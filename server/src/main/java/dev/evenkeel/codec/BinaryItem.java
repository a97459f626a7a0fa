package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.AttributeValue;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An item, or any map of attributes, in the stored form. Immutable and canonical: equal items have
/// equal bytes. Format: see the package.
public final class BinaryItem {
  static final byte VERSION = 0x01;

  /// No attributes.
  public static final BinaryItem EMPTY = new ItemWriter().finish();

  private final byte[] bytes;
  private final int size;

  /// Where the attribute count begins.
  private final int body;

  BinaryItem(byte[] bytes) {
    this.bytes = bytes;
    ItemReader reader = new ItemReader(bytes, 1);
    this.size = reader.varint();
    this.body = reader.position();
  }

  /// Takes over bytes that a writer of this format produced.
  ///
  /// @throws IllegalArgumentException when the version is unknown
  public static BinaryItem wrap(byte[] bytes) {
    if (bytes.length < 3 || bytes[0] != VERSION) {
      throw new IllegalArgumentException(
          "unknown item format version " + (bytes.length == 0 ? "(empty)" : bytes[0]));
    }
    return new BinaryItem(bytes);
  }

  /// Takes over bytes that may be anything, as those of a message.
  ///
  /// @throws IOException when they are not an item in its stored form
  public static BinaryItem parse(byte[] bytes) throws IOException {
    ItemCheck.check(bytes);
    return new BinaryItem(bytes);
  }

  public static BinaryItem of(Map<String, AttributeValue> attributes) {
    ItemWriter writer = new ItemWriter();
    attributes.forEach((name, value) -> writer.name(name).value(value));
    return writer.finish();
  }

  /// Names and values in bytes by AWS's accounting: what limits and capacity units count.
  public int size() {
    return size;
  }

  /// The same of what may be no item, which has none.
  public static int sizeOf(@Nullable BinaryItem item) {
    return item == null ? 0 : item.size;
  }

  /// Number of attributes.
  public int count() {
    return new ItemReader(bytes, body).varint();
  }

  /// The array itself, not a copy: read only.
  public byte[] bytes() {
    return bytes;
  }

  public boolean has(String name) {
    return find(name.getBytes(UTF_8)) >= 0;
  }

  /// The attribute's value as a tree, or null where there is none of that name.
  public @Nullable AttributeValue get(String name) {
    int at = find(name.getBytes(UTF_8));
    return at < 0 ? null : new ItemReader(bytes, at).value();
  }

  /// The attribute's type without its value, or null.
  public AttributeValue.@Nullable Type type(String name) {
    int at = find(name.getBytes(UTF_8));
    return at < 0 ? null : new ItemReader(bytes, at).type();
  }

  /// In the order of the stored form: by name.
  public SequencedMap<String, AttributeValue> toMap() {
    SequencedMap<String, AttributeValue> map = new LinkedHashMap<>();
    ItemReader reader = reader();
    for (int left = reader.varint(); left > 0; left--) {
      map.put(reader.text(), reader.value());
    }
    return map;
  }

  /// A reader that stands before the attribute count.
  public ItemReader reader() {
    return new ItemReader(bytes, body);
  }

  /// This item with some attributes replaced or added, and those whose value is null removed. What
  /// is not named is copied as it is.
  public BinaryItem with(Map<String, @Nullable AttributeValue> changes) {
    byte[][] names = new byte[changes.size()][];
    int next = 0;
    for (String name : changes.keySet()) {
      names[next++] = name.getBytes(UTF_8);
    }
    Arrays.sort(names, Arrays::compareUnsigned);
    ItemWriter writer = new ItemWriter();
    ItemReader reader = reader();
    next = 0;
    for (int left = reader.varint(); left > 0; left--) {
      int order = 1;
      while (next < names.length && (order = compareName(names[next], reader.position())) < 0) {
        write(writer, names[next++], changes);
      }
      if (next < names.length && order == 0) {
        write(writer, names[next++], changes);
        reader.skipBytes(reader.varint());
        reader.skipValue();
      } else {
        writer.copyAttribute(reader);
      }
    }
    while (next < names.length) {
      write(writer, names[next++], changes);
    }
    return writer.finish();
  }

  private static void write(
      ItemWriter writer, byte[] name, Map<String, @Nullable AttributeValue> changes) {
    @Nullable AttributeValue value = changes.get(new String(name, UTF_8));
    if (value != null) {
      writer.name(name).value(value);
    }
  }

  /// Compares a name with the one that begins, with its length, at `at`.
  private int compareName(byte[] name, int at) {
    ItemReader reader = new ItemReader(bytes, at);
    int length = reader.varint();
    int from = reader.position();
    return Arrays.compareUnsigned(name, 0, name.length, bytes, from, from + length);
  }

  /// Where the value of that attribute begins in [#bytes], or −1.
  int find(byte[] name) {
    ItemReader reader = new ItemReader(bytes, body);
    for (int left = reader.varint(); left > 0; left--) {
      int length = reader.varint();
      int from = reader.position();
      int order = Arrays.compareUnsigned(bytes, from, from + length, name, 0, name.length);
      reader.skipBytes(length);
      if (order == 0) {
        return reader.position();
      }
      if (order > 0) {
        return -1;
      }
      reader.skipValue();
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinaryItem that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
