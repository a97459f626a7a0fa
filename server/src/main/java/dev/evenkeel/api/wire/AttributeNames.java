package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.evenkeel.codec.ItemReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// Attribute names as they are written into answers: a table's items repeat a few, so the newest
/// ones are kept decoded and encoded. Any thread.
final class AttributeNames {
  /// A power of two.
  private static final int KEPT_MAX = 1 << 10;

  private static final int KEPT_BYTES_MAX = 64;

  private static final AtomicReferenceArray<@Nullable Name> KEPT =
      new AtomicReferenceArray<>(KEPT_MAX);

  private AttributeNames() {}

  private static final class Name {
    private final byte[] stored;
    private final byte[] written;

    Name(byte[] stored, String text) {
      this.stored = stored;
      this.written = written(text);
    }
  }

  /// Takes the name that the reader stands before.
  ///
  /// @return the name between quotation marks and the colon behind it: read only
  static byte[] next(ItemReader in) {
    int length = in.varint();
    int from = in.position();
    byte[] bytes = in.array();
    in.skipBytes(length);
    if (length > KEPT_BYTES_MAX) {
      return written(new String(bytes, from, length, UTF_8));
    }
    int place = hash(bytes, from, length) & (KEPT_MAX - 1);
    Name kept = KEPT.getAcquire(place);
    if (kept == null
        || !Arrays.equals(kept.stored, 0, kept.stored.length, bytes, from, from + length)) {
      byte[] stored = Arrays.copyOfRange(bytes, from, from + length);
      kept = new Name(stored, new String(stored, UTF_8));
      KEPT.setRelease(place, kept);
    }
    return kept.written;
  }

  private static byte[] written(String name) {
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    return ByteBuffer.allocate(quoted.length + 3)
        .put((byte) '"')
        .put(quoted)
        .put((byte) '"')
        .put((byte) ':')
        .array();
  }

  private static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 10;
  }
}
