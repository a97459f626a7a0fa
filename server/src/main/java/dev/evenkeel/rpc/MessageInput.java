package dev.evenkeel.rpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Fields in protobuf's wire format, one after the other. One thread at a time.
///
/// ```java
/// while (in.next()) {
///   switch (in.field()) {
///     case 1 -> ballot = in.varint();
///     case 2 -> payload = in.bytes();
///     default -> {}                       // unknown: skipped
///   }
/// }
/// ```
///
/// Every method that reads throws an [IOException] when the bytes are not what they should be.
public final class MessageInput {
  private static final int VARINT_BITS_MAX = 64;

  /// Nesting deeper than this is refused; nobody nests by chance.
  private static final int DEPTH_MAX = 64;

  private final ByteBuffer buffer;
  private final int depth;
  private int field;
  private int type;

  /// Whether the present field's value is still to be read.
  private boolean unread;

  /// Reads what remains in the buffer. Its position and limit are not touched.
  MessageInput(ByteBuffer buffer) {
    this(buffer.slice(), 0);
  }

  private MessageInput(ByteBuffer slice, int depth) {
    this.buffer = slice.order(ByteOrder.LITTLE_ENDIAN);
    this.depth = depth;
  }

  public static MessageInput of(byte[] message) {
    return new MessageInput(ByteBuffer.wrap(message));
  }

  /// Goes on to the next field, over the present one's value if nobody read it; false at the end.
  public boolean next() throws IOException {
    if (unread) {
      skip();
    }
    if (!buffer.hasRemaining()) {
      return false;
    }
    long key = raw();
    long number = key >>> 3;
    if (number < 1 || number > MessageOutput.FIELD_MAX) {
      throw new IOException("a message has a field of number " + number);
    }
    field = (int) number;
    type = (int) key & 7;
    unread = true;
    return true;
  }

  /// The present field's number.
  public int field() {
    return field;
  }

  public long varint() throws IOException {
    take(MessageOutput.VARINT);
    return raw();
  }

  /// As [#varint], for what fits into an `int` and is not negative.
  public int count() throws IOException {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IOException("field " + field + " of a message is out of bounds: " + value);
    }
    return (int) value;
  }

  public long signed() throws IOException {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  public boolean flag() throws IOException {
    return varint() != 0;
  }

  public long fixed64() throws IOException {
    take(MessageOutput.FIXED64);
    need(Long.BYTES);
    return buffer.getLong();
  }

  public int fixed32() throws IOException {
    take(MessageOutput.FIXED32);
    need(Integer.BYTES);
    return buffer.getInt();
  }

  /// A copy of the bytes.
  public byte[] bytes() throws IOException {
    ByteBuffer view = view();
    int from = view.arrayOffset() + view.position();
    return Arrays.copyOfRange(view.array(), from, from + view.remaining());
  }

  /// The bytes where they lie. They stay as they are as long as the view is kept, and keep the
  /// whole frame in memory.
  public ByteBuffer view() throws IOException {
    take(MessageOutput.BYTES);
    long length = raw();
    if (length < 0 || length > buffer.remaining()) {
      throw cutOff();
    }
    ByteBuffer view = buffer.slice(buffer.position(), (int) length);
    buffer.position(buffer.position() + (int) length);
    return view;
  }

  public String text() throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(view()).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("field " + field + " of a message is not UTF-8", e);
    }
  }

  /// A nested message.
  public MessageInput message() throws IOException {
    if (depth == DEPTH_MAX) {
      throw new IOException("a message is nested more than " + DEPTH_MAX + " deep");
    }
    return new MessageInput(view(), depth + 1);
  }

  private void take(int wanted) throws IOException {
    if (!unread) {
      throw new IllegalStateException("field " + field + " is read twice");
    }
    if (type != wanted) {
      throw new IOException("field " + field + " of a message has wire type " + type);
    }
    unread = false;
  }

  private void skip() throws IOException {
    switch (type) {
      case MessageOutput.VARINT -> varint();
      case MessageOutput.FIXED64 -> fixed64();
      case MessageOutput.BYTES -> view();
      case MessageOutput.FIXED32 -> fixed32();
      default -> throw new IOException("field " + field + " has the unknown wire type " + type);
    }
  }

  private long raw() throws IOException {
    long value = 0;
    for (int shift = 0; shift < VARINT_BITS_MAX; shift += 7) {
      need(1);
      byte next = buffer.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number in a message has more than ten bytes");
  }

  private void need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      throw cutOff();
    }
  }

  private IOException cutOff() {
    return new IOException("a message is cut off in field " + field);
  }
}
