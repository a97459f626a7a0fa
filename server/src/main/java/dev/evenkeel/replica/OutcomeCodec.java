package dev.evenkeel.replica;

import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.StreamSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The wire form of outcomes. Format: see the package.
public final class OutcomeCodec {
  private static final int VERSION = 0x01;

  private static final int APPLIED = 0x01;
  private static final int CONDITION_FAILED = 0x02;
  private static final int REJECTED = 0x03;
  private static final int UNAVAILABLE = 0x04;
  private static final int UNKNOWN = 0x05;
  private static final int CONFLICT = 0x06;
  private static final int TRANSACTED = 0x07;
  private static final int CANCELED = 0x08;
  private static final int HAPPENED = 0x09;
  private static final int TOO_LARGE = 0x0a;
  private static final int OTHER_EPOCH = 0x0b;
  private static final int EACH = 0x0c;
  private static final int ITEM = 0x11;
  private static final int PAGE = 0x21;
  private static final int CHANGES = 0x22;
  private static final int READ_FAILED = 0x31;
  private static final int NOT_LEADER = 0x32;
  private static final int TOGETHER = 0x41;
  private static final int TOGETHER_CONFLICT = 0x42;

  private static final int NONE = 0x00;

  /// What an outcome takes beside its items, mostly.
  private static final int BYTES_TYPICAL = 128;

  private OutcomeCodec() {}

  public static byte[] encode(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Applied applied -> applied(applied);
      case WriteOutcome.ConditionFailed(var item) ->
          start(CONDITION_FAILED, bytes(item)).optionalItem(item).finish();
      case WriteOutcome.Rejected(var error) -> {
        WireWriter out = start(REJECTED, 0);
        ErrorCodec.write(error, out);
        yield out.finish();
      }
      case WriteOutcome.Conflict _ -> start(CONFLICT, 0).finish();
      case WriteOutcome.Each(var parts) -> {
        WireWriter out = start(EACH, 0).varint(parts.size());
        parts.forEach(part -> part(part, out));
        yield out.finish();
      }
      case WriteOutcome.Transacted(long micros, var effects) -> {
        WireWriter out = start(TRANSACTED, 0).int64(micros).varint(effects.size());
        effects.forEach(effect -> effect(effect, out));
        yield out.finish();
      }
      case WriteOutcome.Canceled(var reasons) -> {
        WireWriter out = start(CANCELED, 0).varint(reasons.size());
        reasons.forEach(reason -> reason(reason, out));
        yield out.finish();
      }
      case WriteOutcome.TooLarge _ -> start(TOO_LARGE, 0).finish();
      case WriteOutcome.OtherEpoch(long epoch) -> start(OTHER_EPOCH, 0).int64(epoch).finish();
      case WriteOutcome.Happened(boolean happened) -> start(HAPPENED, 0).bool(happened).finish();
      case WriteOutcome.Unavailable(var reason) -> start(UNAVAILABLE, 0).text(reason).finish();
      case WriteOutcome.Unknown(var reason) -> start(UNKNOWN, 0).text(reason).finish();
      case WriteOutcome.NotLeader(long hint) -> start(NOT_LEADER, 0).int64(hint).finish();
    };
  }

  public static byte[] encode(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Item(var item) -> start(ITEM, bytes(item)).optionalItem(item).finish();
      case ReadOutcome.Failed(var reason) -> start(READ_FAILED, 0).text(reason).finish();
      case ReadOutcome.NotLeader(long hint) -> start(NOT_LEADER, 0).int64(hint).finish();
    };
  }

  public static byte[] encode(PageOutcome outcome) {
    return switch (outcome) {
      case PageOutcome.Read(var page) -> page(page);
      case PageOutcome.Failed(var reason) -> start(READ_FAILED, 0).text(reason).finish();
      case PageOutcome.NotLeader(long hint) -> start(NOT_LEADER, 0).int64(hint).finish();
    };
  }

  public static byte[] encode(ChangesOutcome outcome) {
    return switch (outcome) {
      case ChangesOutcome.Read(var page) -> changes(page);
      case ChangesOutcome.Failed(var reason) -> start(READ_FAILED, 0).text(reason).finish();
      case ChangesOutcome.NotLeader(long hint) -> start(NOT_LEADER, 0).int64(hint).finish();
    };
  }

  public static byte[] encode(TogetherOutcome outcome) {
    return switch (outcome) {
      case TogetherOutcome.Items(long slot, var items) -> {
        WireWriter out = start(TOGETHER, bytes(items)).int64(slot).varint(items.size());
        items.forEach(out::optionalItem);
        yield out.finish();
      }
      case TogetherOutcome.Conflict(int place) ->
          start(TOGETHER_CONFLICT, 0).varint(place).finish();
      case TogetherOutcome.Failed(var reason) -> start(READ_FAILED, 0).text(reason).finish();
      case TogetherOutcome.NotLeader(long hint) -> start(NOT_LEADER, 0).int64(hint).finish();
    };
  }

  /// @throws IOException when the bytes are no outcome of a write, of a known version
  public static WriteOutcome decodeWrite(byte[] bytes) throws IOException {
    WireReader in = start(bytes);
    int kind = in.int8();
    WriteOutcome outcome = kind == EACH ? each(in) : write(kind, in);
    in.end();
    return outcome;
  }

  private static WriteOutcome write(int kind, WireReader in) throws IOException {
    return switch (kind) {
      case APPLIED -> applied(in);
      case CONDITION_FAILED -> new WriteOutcome.ConditionFailed(in.optionalItem());
      case REJECTED -> new WriteOutcome.Rejected(ErrorCodec.read(in));
      case CONFLICT -> new WriteOutcome.Conflict();
      case TRANSACTED -> transacted(in);
      case CANCELED -> canceled(in);
      case TOO_LARGE -> new WriteOutcome.TooLarge();
      case OTHER_EPOCH -> new WriteOutcome.OtherEpoch(in.int64());
      case HAPPENED -> new WriteOutcome.Happened(in.bool());
      case UNAVAILABLE -> new WriteOutcome.Unavailable(in.text());
      case UNKNOWN -> new WriteOutcome.Unknown(in.text());
      case NOT_LEADER -> new WriteOutcome.NotLeader(in.int64());
      default -> throw in.malformed("no outcome of a write: " + kind);
    };
  }

  /// @throws IOException when the bytes are no outcome of a read, of a known version
  public static ReadOutcome decodeRead(byte[] bytes) throws IOException {
    WireReader in = start(bytes);
    int kind = in.int8();
    ReadOutcome outcome =
        switch (kind) {
          case ITEM -> new ReadOutcome.Item(in.optionalItem());
          case READ_FAILED -> new ReadOutcome.Failed(in.text());
          case NOT_LEADER -> new ReadOutcome.NotLeader(in.int64());
          default -> throw in.malformed("no outcome of a read: " + kind);
        };
    in.end();
    return outcome;
  }

  /// @throws IOException when the bytes are no outcome of a read of a page, of a known version
  public static PageOutcome decodePage(byte[] bytes) throws IOException {
    WireReader in = start(bytes);
    int kind = in.int8();
    PageOutcome outcome =
        switch (kind) {
          case PAGE -> new PageOutcome.Read(page(in));
          case READ_FAILED -> new PageOutcome.Failed(in.text());
          case NOT_LEADER -> new PageOutcome.NotLeader(in.int64());
          default -> throw in.malformed("no outcome of a read of a page: " + kind);
        };
    in.end();
    return outcome;
  }

  /// @throws IOException when the bytes are no outcome of a read of changes, of a known version
  public static ChangesOutcome decodeChanges(byte[] bytes) throws IOException {
    WireReader in = start(bytes);
    int kind = in.int8();
    ChangesOutcome outcome =
        switch (kind) {
          case CHANGES -> new ChangesOutcome.Read(changes(in));
          case READ_FAILED -> new ChangesOutcome.Failed(in.text());
          case NOT_LEADER -> new ChangesOutcome.NotLeader(in.int64());
          default -> throw in.malformed("no outcome of a read of changes: " + kind);
        };
    in.end();
    return outcome;
  }

  /// @throws IOException when the bytes are no outcome of a look at several items, of a known
  ///   version
  public static TogetherOutcome decodeTogether(byte[] bytes) throws IOException {
    WireReader in = start(bytes);
    int kind = in.int8();
    TogetherOutcome outcome =
        switch (kind) {
          case TOGETHER -> together(in);
          case TOGETHER_CONFLICT -> new TogetherOutcome.Conflict(in.varint());
          case READ_FAILED -> new TogetherOutcome.Failed(in.text());
          case NOT_LEADER -> new TogetherOutcome.NotLeader(in.int64());
          default -> throw in.malformed("no outcome of a look at several items: " + kind);
        };
    in.end();
    return outcome;
  }

  private static TogetherOutcome together(WireReader in) throws IOException {
    long slot = in.int64();
    List<@Nullable BinaryItem> items = new ArrayList<>();
    for (int left = in.count(Limits.TRANSACTION_ACTIONS_MAX); left > 0; left--) {
      items.add(in.optionalItem());
    }
    return new TogetherOutcome.Items(slot, items);
  }

  /// As the outcome of a write of its own, but for what succeeded.
  private static void part(WriteOutcome.Part part, WireWriter out) {
    switch (part) {
      case WriteOutcome.Part.Done(var effect) -> effect(effect, out.bool(true));
      case WriteOutcome.Part.NotDone(var outcome) -> out.bool(false).bytes(encode(outcome));
    }
  }

  private static WriteOutcome each(WireReader in) throws IOException {
    List<WriteOutcome.Part> parts = new ArrayList<>();
    for (int left = in.count(Limits.BATCH_WRITE_REQUESTS_MAX); left > 0; left--) {
      parts.add(
          in.bool()
              ? new WriteOutcome.Part.Done(effect(in))
              : new WriteOutcome.Part.NotDone(one(in.bytes())));
    }
    return new WriteOutcome.Each(parts);
  }

  private static WriteOutcome one(byte[] bytes) throws IOException {
    WireReader in = start(bytes);
    WriteOutcome outcome = write(in.int8(), in);
    in.end();
    return outcome;
  }

  private static WriteOutcome.Effect effect(WireReader in) throws IOException {
    return new WriteOutcome.Effect(in.int64(), in.int64(), halves(in), in.int64());
  }

  private static void effect(WriteOutcome.Effect effect, WireWriter out) {
    out.int64(effect.bytesBefore()).int64(effect.bytesAfter());
    halves(effect.indexHalves(), out);
    out.int64(effect.collectionBytes());
  }

  private static WriteOutcome transacted(WireReader in) throws IOException {
    long micros = in.int64();
    List<WriteOutcome.Effect> effects = new ArrayList<>();
    for (int left = in.count(Limits.TRANSACTION_ACTIONS_MAX); left > 0; left--) {
      effects.add(effect(in));
    }
    return new WriteOutcome.Transacted(micros, effects);
  }

  /// As the outcome of a single write that means the same.
  private static void reason(WriteOutcome.Reason reason, WireWriter out) {
    switch (reason) {
      case WriteOutcome.Reason.None _ -> out.int8(NONE);
      case WriteOutcome.Reason.Conflict _ -> out.int8(CONFLICT);
      case WriteOutcome.Reason.ConditionFailed(var item) ->
          out.int8(CONDITION_FAILED).optionalItem(item);
      case WriteOutcome.Reason.Rejected(var error) -> ErrorCodec.write(error, out.int8(REJECTED));
    }
  }

  private static WriteOutcome canceled(WireReader in) throws IOException {
    List<WriteOutcome.Reason> reasons = new ArrayList<>();
    for (int left = in.count(Limits.TRANSACTION_ACTIONS_MAX); left > 0; left--) {
      int kind = in.int8();
      reasons.add(
          switch (kind) {
            case NONE -> WriteOutcome.Reason.None.INSTANCE;
            case CONFLICT -> WriteOutcome.Reason.Conflict.INSTANCE;
            case CONDITION_FAILED -> new WriteOutcome.Reason.ConditionFailed(in.optionalItem());
            case REJECTED -> new WriteOutcome.Reason.Rejected(ErrorCodec.read(in));
            default -> throw in.malformed("no reason: " + kind);
          });
    }
    return new WriteOutcome.Canceled(reasons);
  }

  private static WireWriter start(int kind, long bytesOfItems) {
    long bytes = Math.min(BYTES_TYPICAL + bytesOfItems, Integer.MAX_VALUE / 2);
    return new WireWriter((int) bytes).int8(VERSION).int8(kind);
  }

  private static WireReader start(byte[] bytes) throws IOException {
    WireReader in = new WireReader(bytes);
    int version = in.int8();
    if (version != VERSION) {
      throw in.malformed("unknown outcome format version " + version);
    }
    return in;
  }

  private static byte[] applied(WriteOutcome.Applied applied) {
    WireWriter out = start(APPLIED, (long) bytes(applied.before()) + bytes(applied.after()));
    out.optionalItem(applied.before()).optionalItem(applied.after());
    halves(applied.indexHalves(), out);
    return out.int64(applied.collectionBytes()).finish();
  }

  private static WriteOutcome applied(WireReader in) throws IOException {
    BinaryItem before = in.optionalItem();
    BinaryItem after = in.optionalItem();
    return new WriteOutcome.Applied(before, after, halves(in), in.int64());
  }

  private static void halves(Map<String, Long> byIndex, WireWriter out) {
    out.varint(byIndex.size());
    byIndex.forEach((name, halves) -> out.text(name).int64(halves));
  }

  private static Map<String, Long> halves(WireReader in) throws IOException {
    Map<String, Long> byIndex = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      byIndex.put(in.text(), in.int64());
    }
    return byIndex;
  }

  private static byte[] page(Page page) {
    long bytes = bytes(page.last());
    for (BinaryItem item : page.items()) {
      bytes += bytes(item);
    }
    WireWriter out = start(PAGE, bytes).varint(page.items().size());
    page.items().forEach(out::item);
    out.varint(page.evaluated()).int64(page.bytes()).int64(page.fetchedBytes());
    return out.optionalItem(page.last()).finish();
  }

  private static Page page(WireReader in) throws IOException {
    List<BinaryItem> items = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      items.add(in.item());
    }
    return new Page(items, in.varint(), in.int64(), in.int64(), in.optionalItem());
  }

  private static long bytes(List<@Nullable BinaryItem> items) {
    return items.stream().mapToLong(OutcomeCodec::bytes).sum();
  }

  private static int bytes(@Nullable BinaryItem item) {
    return item == null ? 0 : item.bytes().length;
  }

  private static byte[] changes(ChangesPage page) {
    long bytes = 0;
    for (ChangeRecord record : page.records()) {
      bytes += bytes(record.before()) + bytes(record.after());
    }
    WireWriter out = start(CHANGES, bytes).varint(page.records().size());
    for (ChangeRecord record : page.records()) {
      position(record.position(), out).int64(record.commitMicros()).bool(record.byService());
      out.optionalItem(record.before()).optionalItem(record.after());
    }
    position(page.forgotten(), out.int64(page.applied())).varint(page.streams().size());
    for (StreamSpan span : page.streams()) {
      SchemaCodec.write(span.settings(), out);
      bound(span.start(), out);
      StreamSpan.Bound end = span.end();
      out.bool(end != null);
      if (end != null) {
        bound(end, out);
      }
    }
    return out.finish();
  }

  private static ChangesPage changes(WireReader in) throws IOException {
    List<ChangeRecord> records = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      ChangePosition position = position(in);
      long micros = in.int64();
      boolean byService = in.bool();
      records.add(
          new ChangeRecord(position, micros, in.optionalItem(), in.optionalItem(), byService));
    }
    long applied = in.int64();
    ChangePosition forgotten = position(in);
    List<StreamSpan> streams = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      StreamSettings settings = SchemaCodec.stream(in);
      streams.add(new StreamSpan(settings, bound(in), in.bool() ? bound(in) : null));
    }
    return new ChangesPage(records, applied, forgotten, streams);
  }

  private static WireWriter position(ChangePosition position, WireWriter out) {
    return out.int64(position.slot()).varint(position.number());
  }

  private static ChangePosition position(WireReader in) throws IOException {
    return new ChangePosition(in.int64(), in.varint());
  }

  private static void bound(StreamSpan.Bound bound, WireWriter out) {
    out.int64(bound.slot()).int64(bound.micros());
  }

  private static StreamSpan.Bound bound(WireReader in) throws IOException {
    return new StreamSpan.Bound(in.int64(), in.int64());
  }
}
