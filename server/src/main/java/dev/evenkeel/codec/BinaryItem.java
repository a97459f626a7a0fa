package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.AttributeValue;
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

  public static BinaryItem of(Map<String, AttributeValue> attributes) {
    ItemWriter writer = new ItemWriter();
    attributes.forEach((name, value) -> writer.name(name).value(value));
    return writer.finish();
  }

  /// Names and values in bytes by AWS's accounting: what limits and capacity units count.
  public int size() {
    return size;
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
