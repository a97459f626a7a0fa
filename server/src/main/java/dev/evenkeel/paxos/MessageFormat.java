package dev.evenkeel.paxos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Messages of a group as bytes: version, kind, ballot, then the kind's own fields in the order in
/// which [Message] declares them (see [FormatWriter] for the parts). A list stands behind its
/// count; entries that follow each other tell only the first one's slot. A ballot that may be
/// missing stands behind a flag.
///
/// ```
/// | version 1 | kind 1 | ballot 9… | fields |
///
/// 1 Prepare   2 Promise   3 Reject   4 Accept   5 Accepted
/// 6 Base      7 Resign    8 Hears    9 Heard
/// ```
///
/// Any thread.
public final class MessageFormat {
  private static final byte PREPARE = 1;
  private static final byte PROMISE = 2;
  private static final byte REJECT = 3;
  private static final byte ACCEPT = 4;
  private static final byte ACCEPTED = 5;
  private static final byte BASE = 6;
  private static final byte RESIGN = 7;
  private static final byte HEARS = 8;
  private static final byte HEARD = 9;

  /// What a message takes without its entries, mostly.
  private static final int SIZE_GUESS = 64;

  private static final int ENTRY_BYTES_MIN = 10;

  private MessageFormat() {}

  public static byte[] encode(Message message) {
    return switch (message) {
      case Message.Prepare prepare -> encode(prepare);
      case Message.Promise promise -> encode(promise);
      case Message.Accept accept -> encode(accept);
      case Message.Accepted accepted -> encode(accepted);
      case Message.Reject(var ballot, var promised, var bound) ->
          begin(REJECT, ballot).ballot(promised).flag(bound).toBytes();
      case Message.Base(var ballot, var slot, var configuration) ->
          begin(BASE, ballot).number(slot).configuration(configuration).toBytes();
      case Message.Resign(var ballot, var successor) ->
          begin(RESIGN, ballot).identity(successor).toBytes();
      case Message.Hears(var ballot) -> begin(HEARS, ballot).toBytes();
      case Message.Heard(var ballot, var hears) -> begin(HEARD, ballot).flag(hears).toBytes();
    };
  }

  private static FormatWriter begin(byte kind, Ballot ballot) {
    return new FormatWriter(kind, SIZE_GUESS).ballot(ballot);
  }

  private static byte[] encode(Message.Prepare prepare) {
    FormatWriter out = begin(PREPARE, prepare.ballot()).number(prepare.from());
    Ballot released = prepare.released();
    out.flag(released != null);
    if (released != null) {
      out.ballot(released);
    }
    return out.toBytes();
  }

  private static byte[] encode(Message.Promise promise) {
    int size = SIZE_GUESS;
    for (Entry entry : promise.accepted()) {
      size += ENTRY_BYTES_MIN + entry.value().size();
    }
    FormatWriter out = new FormatWriter(PROMISE, size).ballot(promise.ballot());
    out.number(promise.from()).number(promise.chosen()).number(promise.truncated());
    List<Entry> entries = promise.accepted();
    out.number(entries.size()).number(entries.isEmpty() ? 0 : entries.getFirst().slot());
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.slot() != entries.getFirst().slot() + i) {
        throw new AssertionError("a promise with a gap at " + entry.slot());
      }
      out.ballot(entry.ballot()).value(entry.value());
    }
    return out.flag(promise.last()).signed(promise.epoch()).toBytes();
  }

  private static byte[] encode(Message.Accept accept) {
    int size = SIZE_GUESS;
    for (Value value : accept.values()) {
      size += value.size();
    }
    FormatWriter out = new FormatWriter(ACCEPT, size).ballot(accept.ballot());
    out.number(accept.first()).number(accept.values().size());
    accept.values().forEach(out::value);
    return out.number(accept.chosen()).number(accept.stored()).flag(accept.answer()).toBytes();
  }

  private static byte[] encode(Message.Accepted accepted) {
    FormatWriter out = begin(ACCEPTED, accepted.ballot());
    out.number(accepted.upTo()).number(accepted.next()).flag(accepted.gap());
    out.number(accepted.chosen()).number(accepted.stored());
    return out.signed(accepted.epoch()).toBytes();
  }

  /// Reads one message from what remains in the buffer, whose position and limit are not touched.
  ///
  /// @throws IOException when the bytes are not one message of a known version
  public static Message decode(ByteBuffer bytes) throws IOException {
    FormatReader in = new FormatReader(bytes);
    Ballot ballot = in.ballot();
    Message message =
        switch (in.kind()) {
          case PREPARE -> new Message.Prepare(ballot, in.number(), in.flag() ? in.ballot() : null);
          case PROMISE -> promise(ballot, in);
          case REJECT -> new Message.Reject(ballot, in.ballot(), in.flag());
          case ACCEPT -> accept(ballot, in);
          case ACCEPTED ->
              new Message.Accepted(
                  ballot,
                  in.number(),
                  in.number(),
                  in.flag(),
                  in.number(),
                  in.number(),
                  in.signed());
          case BASE -> new Message.Base(ballot, in.number(), in.configuration());
          case RESIGN -> new Message.Resign(ballot, in.identity());
          case HEARS -> new Message.Hears(ballot);
          case HEARD -> new Message.Heard(ballot, in.flag());
          default -> throw in.unknownKind();
        };
    return in.end(message);
  }

  /// As the other, for a whole array.
  public static Message decode(byte[] bytes) throws IOException {
    return decode(ByteBuffer.wrap(bytes));
  }

  private static Message promise(Ballot ballot, FormatReader in) throws IOException {
    long from = in.number();
    long chosen = in.number();
    long truncated = in.number();
    int count = in.count(ENTRY_BYTES_MIN);
    long first = in.number();
    if (first > Long.MAX_VALUE - count) {
      throw new IOException("no slot: " + first);
    }
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(new Entry(first + i, in.ballot(), in.value()));
    }
    return new Message.Promise(ballot, from, chosen, truncated, entries, in.flag(), in.signed());
  }

  private static Message accept(Ballot ballot, FormatReader in) throws IOException {
    long first = in.number();
    int count = in.count(1);
    if (first > Long.MAX_VALUE - count) {
      throw new IOException("no slot: " + first);
    }
    List<Value> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(in.value());
    }
    return new Message.Accept(ballot, first, values, in.number(), in.number(), in.flag());
  }
}
