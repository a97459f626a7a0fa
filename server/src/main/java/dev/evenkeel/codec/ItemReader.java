package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.AttributeValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;

/// A cursor over the stored form of an item. Trusts the bytes: they were checked when they were
/// written, and by checksum when they were read. One thread at a time.
public final class ItemReader {
  private final byte[] bytes;
  private int at;

  ItemReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  public int position() {
    return at;
  }

  /// The array that is read: read only.
  public byte[] array() {
    return bytes;
  }

  public int varint() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("varint longer than 5 bytes at offset " + at);
  }

  public void skipBytes(int count) {
    at += count;
  }

  /// A length and that many bytes of UTF-8.
  public String text() {
    int length = varint();
    String text = new String(bytes, at, length, UTF_8);
    at += length;
    return text;
  }

  /// The type of the value that begins here, without moving.
  public AttributeValue.Type type() {
    return switch (bytes[at]) {
      case Tags.S -> AttributeValue.Type.S;
      case Tags.N -> AttributeValue.Type.N;
      case Tags.B -> AttributeValue.Type.B;
      case Tags.TRUE, Tags.FALSE -> AttributeValue.Type.BOOL;
      case Tags.NULL -> AttributeValue.Type.NULL;
      case Tags.SS -> AttributeValue.Type.SS;
      case Tags.NS -> AttributeValue.Type.NS;
      case Tags.BS -> AttributeValue.Type.BS;
      case Tags.L -> AttributeValue.Type.L;
      case Tags.M -> AttributeValue.Type.M;
      default -> throw unknownTag();
    };
  }

  /// Steps over the tag of a value whose [#type] was looked at. For BOOL use [#bool].
  public void skipTag() {
    at++;
  }

  /// Reads a BOOL, tag included.
  public boolean bool() {
    return bytes[at++] == Tags.TRUE;
  }

  /// Steps into a set, list or map whose tag was skipped; what follows is its count.
  public void enter() {
    at += Integer.BYTES;
  }

  public void skipValue() {
    switch (bytes[at++]) {
      case Tags.S, Tags.N, Tags.B -> {
        int length = varint();
        at += length;
      }
      case Tags.TRUE, Tags.FALSE, Tags.NULL -> {}
      case Tags.SS, Tags.NS, Tags.BS, Tags.L, Tags.M -> at += Integer.BYTES + bodyBytes();
      default -> throw unknownTag();
    }
  }

  /// The value that begins here, as a tree.
  public AttributeValue value() {
    AttributeValue.Type type = type();
    if (type == AttributeValue.Type.BOOL) {
      return new AttributeValue.Bool(bool());
    }
    at++;
    return switch (type) {
      case S -> new AttributeValue.S(text());
      case N -> new AttributeValue.N(new BigDecimal(text()));
      case B -> new AttributeValue.B(blob());
      case NULL -> AttributeValue.Null.INSTANCE;
      case SS -> new AttributeValue.SS(elements(ItemReader::asText));
      case NS -> new AttributeValue.NS(elements((b, range) -> new BigDecimal(asText(b, range))));
      case BS -> new AttributeValue.BS(elements(ItemReader::asBytes));
      case L -> list();
      case M -> map();
      case BOOL -> throw new IllegalStateException("handled above");
    };
  }

  private int bodyBytes() {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  private AttributeValue.Bytes blob() {
    int length = varint();
    byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return new AttributeValue.Bytes(copy);
  }

  /// Where one element of a set lies: `[from, to)`.
  private record Range(int from, int to) {}

  private <T> List<T> elements(BiFunction<byte[], Range, T> decode) {
    enter();
    int count = varint();
    List<T> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = varint();
      elements.add(decode.apply(bytes, new Range(at, at + length)));
      at += length;
    }
    return elements;
  }

  private static String asText(byte[] bytes, Range range) {
    return new String(bytes, range.from, range.to - range.from, UTF_8);
  }

  private static AttributeValue.Bytes asBytes(byte[] bytes, Range range) {
    return new AttributeValue.Bytes(Arrays.copyOfRange(bytes, range.from, range.to));
  }

  private AttributeValue list() {
    enter();
    int count = varint();
    List<AttributeValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value());
    }
    return new AttributeValue.L(values);
  }

  private AttributeValue map() {
    enter();
    SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
    for (int left = varint(); left > 0; left--) {
      values.put(text(), value());
    }
    return new AttributeValue.M(values);
  }

  private IllegalStateException unknownTag() {
    return new IllegalStateException("unknown value tag " + bytes[at] + " at offset " + at);
  }
}
