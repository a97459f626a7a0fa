package dev.evenkeel.api.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.evenkeel.codec.ItemReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/// How an attribute begins, up to its value's text or elements: as it is stored and as it goes into
/// an answer. A table's items repeat a few, so the newest ones are kept. Immutable.
///
/// ```
/// stored  = name length ‖ name ‖ tag        written = ,"name":{"S":"
/// ```
final class AttributeHead {
  /// A power of two.
  private static final int KEPT_MAX = 1 << 10;

  private static final int KEPT_BYTES_MAX = 64;

  private static final AtomicReferenceArray<@Nullable AttributeHead> KEPT =
      new AtomicReferenceArray<>(KEPT_MAX);

  private final byte[] stored;
  private final byte[] written;
  private final ValueHead value;

  private AttributeHead(byte[] stored, String name, ValueHead value) {
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    byte[] behind = ("\":" + value.json()).getBytes(US_ASCII);
    this.stored = stored;
    this.value = value;
    this.written =
        ByteBuffer.allocate(2 + quoted.length + behind.length)
            .put((byte) ',')
            .put((byte) '"')
            .put(quoted)
            .put(behind)
            .array();
  }

  /// Takes what the reader stands before. Any thread.
  static AttributeHead next(ItemReader in) {
    int from = in.position();
    int length = in.varint();
    int place = hash(in.array(), in.position(), length) & (KEPT_MAX - 1);
    in.skipBytes(-(in.position() - from));
    AttributeHead kept = KEPT.getAcquire(place);
    if (kept == null || !kept.skip(in)) {
      kept = read(in);
      if (kept.stored.length <= KEPT_BYTES_MAX) {
        KEPT.setRelease(place, kept);
      }
    }
    return kept;
  }

  private static AttributeHead read(ItemReader in) {
    int from = in.position();
    String name = in.text();
    ValueHead value = ValueHead.next(in);
    return new AttributeHead(Arrays.copyOfRange(in.array(), from, in.position()), name, value);
  }

  /// Moves the reader behind this head if it stands before it; says whether it did.
  boolean skip(ItemReader in) {
    byte[] bytes = in.array();
    int from = in.position();
    int length = stored.length;
    // An attribute's value may be shorter than a head is.
    if (length > bytes.length - from
        || !Arrays.equals(stored, 0, length, bytes, from, from + length)) {
      return false;
    }
    in.skipBytes(length);
    return true;
  }

  /// With the comma before it: read only.
  byte[] written() {
    return written;
  }

  /// What is to follow.
  ValueHead value() {
    return value;
  }

  /// Of the name and of the tag behind it.
  private static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i <= from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 10;
  }
}
