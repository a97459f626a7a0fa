package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.model.ApiException;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.Numbers;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;

/// Checks bytes of unproven origin: whether they are an item in its one stored form, so that
/// [ItemReader], which trusts, may read them. Only that text is UTF-8 is not checked.
final class ItemCheck {
  private static final int CONTAINER_BYTES = 3;

  private final byte[] bytes;
  private int at;

  private ItemCheck(byte[] bytes) {
    this.bytes = bytes;
  }

  /// @throws IOException when they are not
  static void check(byte[] bytes) throws IOException {
    ItemCheck check = new ItemCheck(bytes);
    if (check.int8() != BinaryItem.VERSION) {
      throw check.malformed("unknown format version");
    }
    int stated = check.varint();
    long size = check.attributes(check.count(), 0);
    if (stated != Math.min(size, Integer.MAX_VALUE)) {
      throw check.malformed("its size is " + size + ", not " + stated);
    }
    if (check.at < bytes.length) {
      throw check.malformed("bytes behind its end");
    }
  }

  /// Returns the size by AWS's accounting, as all below.
  private long attributes(int count, int depth) throws IOException {
    long size = 0;
    int before = -1;
    for (int left = count; left > 0; left--) {
      before = inOrder(before);
      size += name() + value(depth);
    }
    return size;
  }

  /// @param depth lists and maps around it
  private long value(int depth) throws IOException {
    if (depth >= Limits.NESTING_LEVELS_MAX) {
      throw malformed("nested too deep");
    }
    int tag = int8();
    return switch (tag) {
      case Tags.S, Tags.B -> blob();
      case Tags.N -> number();
      case Tags.FALSE, Tags.TRUE, Tags.NULL -> 1;
      case Tags.SS, Tags.NS, Tags.BS, Tags.L, Tags.M -> container(tag, depth + 1);
      default -> throw malformed("unknown value tag " + tag);
    };
  }

  private long container(int tag, int depth) throws IOException {
    int length = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      length = (length << 8) | (int8() & 0xff);
    }
    int from = at;
    int count = count();
    long size =
        switch (tag) {
          case Tags.M -> CONTAINER_BYTES + count + attributes(count, depth);
          case Tags.L -> CONTAINER_BYTES + count + elements(count, depth);
          default -> set(count, tag == Tags.NS);
        };
    if (at - from != length) {
      throw malformed("a container of " + (at - from) + " bytes that states " + length);
    }
    return size;
  }

  private long elements(int count, int depth) throws IOException {
    long size = 0;
    for (int left = count; left > 0; left--) {
      size += value(depth);
    }
    return size;
  }

  private long set(int count, boolean numbers) throws IOException {
    if (count == 0) {
      throw malformed("an empty set");
    }
    long size = 0;
    int before = -1;
    for (int left = count; left > 0; left--) {
      before = inOrder(before);
      size += numbers ? number() : blob();
    }
    return size;
  }

  private long name() throws IOException {
    long length = blob();
    if (length == 0 || length > Limits.ATTRIBUTE_NAME_BYTES_MAX) {
      throw malformed("a name of " + length + " bytes");
    }
    return length;
  }

  private long blob() throws IOException {
    int length = count();
    at += length;
    return length;
  }

  private long number() throws IOException {
    int length = count();
    String text = new String(bytes, at, length, UTF_8);
    at += length;
    try {
      BigDecimal number = Numbers.parse(text);
      if (Numbers.text(number).equals(text)) {
        return Numbers.size(number);
      }
    } catch (ApiException _) {
      // Reported below, with the others.
    }
    throw malformed("no number in its stored form");
  }

  /// What begins here with its length is greater than what begins so at `before`; −1: it is the
  /// first.
  ///
  /// @return where it begins
  private int inOrder(int before) throws IOException {
    int here = at;
    int length = count();
    int from = at;
    at = here;
    if (before >= 0) {
      ItemReader previous = new ItemReader(bytes, before);
      int previousLength = previous.varint();
      int previousFrom = previous.position();
      int previousTo = previousFrom + previousLength;
      if (Arrays.compareUnsigned(bytes, previousFrom, previousTo, bytes, from, from + length)
          >= 0) {
        throw malformed("names or elements out of order");
      }
    }
    return here;
  }

  private int int8() throws IOException {
    if (at == bytes.length) {
      throw malformed("it ends too early");
    }
    return bytes[at++];
  }

  /// A length or a number of things, each of at least one byte.
  private int count() throws IOException {
    int count = varint();
    if (count > bytes.length - at) {
      throw malformed("it ends too early");
    }
    return count;
  }

  private int varint() throws IOException {
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

  private IOException malformed(String problem) {
    return new IOException("malformed item: " + problem + ", before offset " + at);
  }
}
