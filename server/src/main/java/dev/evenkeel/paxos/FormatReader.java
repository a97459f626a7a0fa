package dev.evenkeel.paxos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Reads what a [FormatWriter] wrote. Anything else is an [IOException], and takes no more memory
/// than the bytes that came. One thread at a time.
final class FormatReader {
  /// Members of one configuration at most.
  static final int MEMBERS_MAX = 64;

  private static final int NUMBER_BITS_MAX = 63;

  private final ByteBuffer buffer;
  private final byte kind;

  /// Reads what remains in the buffer, whose position and limit are not touched.
  FormatReader(ByteBuffer bytes) throws IOException {
    buffer = bytes.slice().order(ByteOrder.BIG_ENDIAN);
    byte version = one();
    if (version != FormatWriter.VERSION) {
      throw new IOException("the version " + version + " is unknown");
    }
    kind = one();
  }

  /// What kind of thing it is.
  byte kind() {
    return kind;
  }

  IOException unknownKind() {
    return new IOException("the kind " + kind + " is unknown");
  }

  /// Nothing more is expected.
  <T> T end(T read) throws IOException {
    if (buffer.hasRemaining()) {
      throw new IOException(buffer.remaining() + " bytes too many");
    }
    return read;
  }

  byte one() throws IOException {
    need(1);
    return buffer.get();
  }

  boolean flag() throws IOException {
    byte value = one();
    if (value < 0 || value > 1) {
      throw new IOException("neither yes nor no: " + value);
    }
    return value == 1;
  }

  /// A number that is not negative.
  long number() throws IOException {
    long value = raw();
    if (value < 0) {
      throw new IOException("a number is too large");
    }
    return value;
  }

  /// How many things follow, each of which takes at least that many bytes.
  int count(int bytesEach) throws IOException {
    long count = number();
    if (count > buffer.remaining() / bytesEach) {
      throw new IOException(count + " things in " + buffer.remaining() + " bytes");
    }
    return (int) count;
  }

  long signed() throws IOException {
    long value = raw();
    return value >>> 1 ^ -(value & 1);
  }

  long identity() throws IOException {
    need(Long.BYTES);
    return buffer.getLong();
  }

  Ballot ballot() throws IOException {
    return new Ballot(number(), identity());
  }

  Configuration configuration() throws IOException {
    long generation = number();
    int size = count(Long.BYTES + 1);
    if (size > MEMBERS_MAX) {
      throw new IOException("a configuration of " + size + " members");
    }
    List<Member> members = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      members.add(new Member(identity(), memberKind()));
    }
    try {
      return new Configuration(generation, members);
    } catch (IllegalArgumentException e) {
      throw new IOException("no configuration: " + e.getMessage(), e);
    }
  }

  private Member.Kind memberKind() throws IOException {
    byte value = one();
    return switch (value) {
      case FormatWriter.STORAGE -> Member.Kind.STORAGE;
      case FormatWriter.LOG -> Member.Kind.LOG;
      default -> throw new IOException("no kind of member: " + value);
    };
  }

  Value value() throws IOException {
    byte tag = one();
    return switch (tag) {
      case FormatWriter.NOOP -> new Value.Noop();
      case FormatWriter.COMMAND -> new Value.Command(bytes());
      case FormatWriter.RECONFIGURE -> new Value.Reconfigure(configuration());
      default -> throw new IOException("no kind of value: " + tag);
    };
  }

  private byte[] bytes() throws IOException {
    byte[] bytes = new byte[count(1)];
    buffer.get(bytes);
    return bytes;
  }

  private long raw() throws IOException {
    long value = 0;
    for (int shift = 0; shift <= NUMBER_BITS_MAX; shift += 7) {
      byte next = one();
      if (shift == NUMBER_BITS_MAX && (next & ~1) != 0) {
        break;
      }
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number has more than 64 bits");
  }

  private void need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      throw new IOException("cut off");
    }
  }
}
