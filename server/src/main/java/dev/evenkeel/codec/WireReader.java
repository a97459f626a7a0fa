package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.AttributeValue;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what a [WireWriter] wrote. Trusts nothing: every method throws an [IOException] where the
/// bytes end too early or cannot have been written so, and allocates no more than the message is
/// long. One thread at a time.
public final class WireReader {
  /// The name under which a single value travels.
  static final String VALUE = "v";

  private final byte[] bytes;
  private int at;

  @SuppressWarnings("ArrayIsStoredDirectly")
  public WireReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int int8() throws IOException {
    need(1);
    return bytes[at++];
  }

  public boolean bool() throws IOException {
    int value = int8();
    if (value != 0 && value != 1) {
      throw malformed("neither false nor true: " + value);
    }
    return value == 1;
  }

  public long int64() throws IOException {
    need(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (bytes[at++] & 0xff);
    }
    return value;
  }

  /// A number from 0 to the greatest `int`, in its shortest form.
  public int varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 7 * ItemWriter.VARINT_BYTES_MAX; shift += 7) {
      int b = int8();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        if (value > Integer.MAX_VALUE || (b == 0 && shift > 0)) {
          break;
        }
        return (int) value;
      }
    }
    throw malformed("no number");
  }

  /// The number of things that follow, each of at least one byte.
  public int count() throws IOException {
    int count = varint();
    need(count);
    return count;
  }

  /// The number of things that follow.
  ///
  /// @param max more than that are refused
  public int count(int max) throws IOException {
    int count = count();
    if (count > max) {
      throw malformed(count + " where at most " + max + " may be");
    }
    return count;
  }

  public byte[] bytes() throws IOException {
    int length = count();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /// What is no UTF-8 in it reads as replacement characters.
  public String text() throws IOException {
    int length = count();
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  public BinaryItem item() throws IOException {
    return BinaryItem.parse(bytes());
  }

  public @Nullable BinaryItem optionalItem() throws IOException {
    return bool() ? item() : null;
  }

  public AttributeValue value() throws IOException {
    BinaryItem item = item();
    AttributeValue value = item.get(VALUE);
    if (value == null || item.count() != 1) {
      throw malformed("no single value");
    }
    return value;
  }

  /// Call when everything has been read.
  public void end() throws IOException {
    if (at < bytes.length) {
      throw malformed(bytes.length - at + " bytes too many");
    }
  }

  /// What to throw where the bytes before this place have no meaning.
  public IOException malformed(String problem) {
    return new IOException("malformed message: " + problem + ", before offset " + at);
  }

  private void need(int count) throws IOException {
    if (bytes.length - at < count) {
      throw malformed("it ends too early");
    }
  }
}
