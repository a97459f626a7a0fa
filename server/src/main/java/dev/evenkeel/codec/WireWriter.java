package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.AttributeValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes a message between nodes part by part, for [WireReader] to read in the same order. Format
/// of the parts: see the package. One thread at a time.
public final class WireWriter {
  private byte[] bytes;
  private int at;
  private @Nullable ItemWriter values;

  /// @param bytesExpected room to begin with; it grows
  public WireWriter(int bytesExpected) {
    this.bytes = new byte[bytesExpected];
  }

  public WireWriter int8(int value) {
    ensure(1);
    bytes[at++] = (byte) value;
    return this;
  }

  public WireWriter bool(boolean value) {
    return int8(value ? 1 : 0);
  }

  public WireWriter int64(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[at++] = (byte) (value >>> shift);
    }
    return this;
  }

  /// @param value not negative
  public WireWriter varint(int value) {
    ensure(ItemWriter.VARINT_BYTES_MAX);
    at = ItemWriter.putVarint(bytes, at, value);
    return this;
  }

  /// A length, and that many bytes.
  public WireWriter bytes(byte[] value) {
    varint(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    at += value.length;
    return this;
  }

  public WireWriter text(String value) {
    return bytes(value.getBytes(UTF_8));
  }

  public WireWriter item(BinaryItem item) {
    return bytes(item.bytes());
  }

  /// Whether there is an item, and the item.
  public WireWriter optionalItem(@Nullable BinaryItem item) {
    bool(item != null);
    return item == null ? this : item(item);
  }

  /// As the item whose only attribute, `v`, has that value.
  public WireWriter value(AttributeValue value) {
    if (values == null) {
      values = new ItemWriter();
    }
    values.name(WireReader.VALUE).value(value);
    return item(values.finish());
  }

  /// What was written; the writer is not used any more.
  public byte[] finish() {
    return at == bytes.length ? bytes : Arrays.copyOf(bytes, at);
  }

  private void ensure(int more) {
    if (bytes.length - at < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }
}
