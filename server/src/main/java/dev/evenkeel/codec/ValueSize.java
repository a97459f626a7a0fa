package dev.evenkeel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Numbers;
import java.math.BigDecimal;

/// The size of a stored value by AWS's accounting.
final class ValueSize {
  private static final int CONTAINER_BYTES = 3;

  private ValueSize() {}

  static long of(byte[] bytes, int at) {
    return of(new ItemReader(bytes, at));
  }

  /// @param reader stands behind the value afterwards
  private static long of(ItemReader reader) {
    AttributeValue.Type type = reader.type();
    reader.skipTag();
    return switch (type) {
      case BOOL, NULL -> 1;
      case S, B -> blob(reader);
      case N -> number(reader);
      case SS, BS -> elements(reader, false);
      case NS -> elements(reader, true);
      case L -> list(reader);
      case M -> map(reader);
    };
  }

  private static long blob(ItemReader reader) {
    int length = reader.varint();
    reader.skipBytes(length);
    return length;
  }

  private static long number(ItemReader reader) {
    int length = reader.varint();
    String text = new String(reader.array(), reader.position(), length, US_ASCII);
    reader.skipBytes(length);
    return Numbers.size(Numbers.canonical(new BigDecimal(text)));
  }

  private static long elements(ItemReader reader, boolean numbers) {
    reader.enter();
    long size = 0;
    for (int left = reader.varint(); left > 0; left--) {
      size += numbers ? number(reader) : blob(reader);
    }
    return size;
  }

  private static long list(ItemReader reader) {
    reader.enter();
    int count = reader.varint();
    long size = (long) CONTAINER_BYTES + count;
    for (int left = count; left > 0; left--) {
      size += of(reader);
    }
    return size;
  }

  private static long map(ItemReader reader) {
    reader.enter();
    int count = reader.varint();
    long size = (long) CONTAINER_BYTES + count;
    for (int left = count; left > 0; left--) {
      size += blob(reader) + of(reader);
    }
    return size;
  }
}
