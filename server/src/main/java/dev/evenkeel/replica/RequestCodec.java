package dev.evenkeel.replica;

import dev.evenkeel.codec.StoredKeys;
import dev.evenkeel.codec.WireReader;
import dev.evenkeel.codec.WireWriter;
import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionDecoder;
import dev.evenkeel.expression.ExpressionEncoder;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema.KeyAttribute;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wire form of requests. Format: see the package.
public final class RequestCodec {
  private static final int VERSION = 0x01;

  private static final int WRITE = 0x01;
  private static final int READ = 0x02;
  private static final int READ_PAGE = 0x03;
  private static final int CONFIGURE = 0x04;
  private static final int FORGET = 0x05;
  private static final int FILL_EXPIRY = 0x06;
  private static final int READ_CHANGES = 0x07;
  private static final int WRITE_EACH = 0x08;
  private static final int FOLLOW = 0x10;
  private static final int PREPARE = 0x11;
  private static final int TRANSACT = 0x12;
  private static final int FINISH = 0x13;
  private static final int ASK_MARK = 0x14;
  private static final int UNMARK = 0x15;
  private static final int READ_TOGETHER = 0x16;
  private static final int STILL_TOGETHER = 0x17;

  private static final int PUT = 0x01;
  private static final int DELETE = 0x02;
  private static final int MODIFY = 0x03;
  private static final int EXPIRE = 0x04;
  private static final int CHECK = 0x05;

  /// What a request takes beside its item, mostly.
  private static final int BYTES_TYPICAL = 256;

  private RequestCodec() {}

  public static byte[] encode(Request request) {
    WireWriter out = new WireWriter(BYTES_TYPICAL + bytesOfItem(request));
    out.int8(VERSION);
    switch (request) {
      case Request.Write(long group, ItemWrite write) -> {
        out.int8(WRITE).int64(group);
        write(write, out);
      }
      case Request.WriteEach(long group, var writes) -> {
        out.int8(WRITE_EACH).int64(group).varint(writes.size());
        writes.forEach(write -> write(write, out));
      }
      case Request.Configure(long group, var schema) ->
          out.int8(CONFIGURE).int64(group).bytes(SchemaCodec.encode(schema));
      case Request.Forget(long group, var upTo, long generation) ->
          out.int8(FORGET).int64(group).int64(upTo.slot()).varint(upTo.number()).int64(generation);
      case Request.FillExpiry(long group, var attribute, var items, var next) -> {
        out.int8(FILL_EXPIRY).int64(group).text(attribute).varint(items.size());
        items.forEach(out::bytes);
        out.bytes(next);
      }
      case Request.ReadChanges(
              long group,
              var after,
              int recordsMax,
              long bytesMax,
              var leader) -> {
        out.int8(READ_CHANGES).int64(group).int64(after.slot()).varint(after.number());
        out.varint(recordsMax).int64(bytesMax).bool(leader);
      }
      case Request.Follow(long group, var batch) ->
          IndexBatches.write(batch, out.int8(FOLLOW).int64(group));
      case Request.Prepare(long group, var transaction, var actions) ->
          TransactionCodec.write(
              actions, TransactionCodec.write(transaction, out.int8(PREPARE).int64(group)));
      case Request.Transact(long group, var mark, var actions) -> {
        out.int8(TRANSACT).int64(group).bool(mark != null);
        if (mark != null) {
          TransactionCodec.write(mark, out);
        }
        TransactionCodec.write(actions, out);
      }
      case Request.Finish(long group, var id, boolean commits, long micros) ->
          TransactionCodec.write(id, out.int8(FINISH).int64(group)).bool(commits).int64(micros);
      case Request.AskMark(long group, var mark, boolean ends) ->
          TransactionCodec.write(mark, out.int8(ASK_MARK).int64(group)).bool(ends);
      case Request.Unmark(long group, var ids) -> {
        out.int8(UNMARK).int64(group).varint(ids.size());
        ids.forEach(id -> TransactionCodec.write(id, out));
      }
      case Request.ReadTogether(long group, var keys) ->
          TransactionCodec.writeKeys(keys, out.int8(READ_TOGETHER).int64(group));
      case Request.StillTogether(long group, var keys, long since) ->
          TransactionCodec.writeKeys(keys, out.int8(STILL_TOGETHER).int64(group).int64(since));
      case Request.Read(long group, byte[] key, boolean consistent) ->
          out.int8(READ).int64(group).bool(consistent).bytes(key);
      case Request.ReadPage(long group, PageRead page, boolean consistent) -> {
        out.int8(READ_PAGE).int64(group).bool(consistent);
        write(page, out);
      }
    }
    return out.finish();
  }

  /// @throws IOException when the bytes are no request of a known version
  public static Request decode(byte[] bytes) throws IOException {
    WireReader in = new WireReader(bytes);
    int version = in.int8();
    if (version != VERSION) {
      throw in.malformed("unknown request format version " + version);
    }
    int kind = in.int8();
    long group = in.int64();
    Request request =
        switch (kind) {
          case WRITE -> new Request.Write(group, itemWrite(in));
          case WRITE_EACH -> writeEach(group, in);
          case CONFIGURE -> new Request.Configure(group, SchemaCodec.partition(in.bytes()));
          case FORGET ->
              new Request.Forget(group, new ChangePosition(in.int64(), in.varint()), in.int64());
          case FILL_EXPIRY -> fillExpiry(group, in);
          case READ_CHANGES ->
              new Request.ReadChanges(
                  group,
                  new ChangePosition(in.int64(), in.varint()),
                  in.varint(),
                  in.int64(),
                  in.bool());
          case FOLLOW -> new Request.Follow(group, IndexBatches.read(in));
          case PREPARE ->
              new Request.Prepare(
                  group, TransactionCodec.transaction(in), TransactionCodec.actions(in));
          case TRANSACT ->
              new Request.Transact(
                  group,
                  in.bool() ? TransactionCodec.mark(in) : null,
                  TransactionCodec.actions(in));
          case FINISH -> new Request.Finish(group, TransactionCodec.id(in), in.bool(), in.int64());
          case ASK_MARK -> new Request.AskMark(group, TransactionCodec.mark(in), in.bool());
          case UNMARK -> new Request.Unmark(group, TransactionCodec.ids(in));
          case READ_TOGETHER -> new Request.ReadTogether(group, TransactionCodec.keys(in));
          case STILL_TOGETHER -> {
            long since = in.int64();
            yield new Request.StillTogether(group, TransactionCodec.keys(in), since);
          }
          case READ -> read(group, in);
          case READ_PAGE -> readPage(group, in);
          default -> throw in.malformed("unknown request " + kind);
        };
    in.end();
    return request;
  }

  private static int bytesOfItem(Request request) {
    return switch (request) {
      case Request.Write(long _, ItemWrite write) -> write.bytes();
      case Request.WriteEach(long _, var writes) ->
          writes.stream().mapToInt(write -> BYTES_TYPICAL + write.bytes()).sum();
      case Request.Follow(long _, var batch) -> IndexBatches.bytes(batch);
      default -> 0;
    };
  }

  static void write(ItemWrite write, WireWriter out) {
    SchemaCodec.write(write.table(), out);
    SchemaCodec.write(write.partition(), write.sort(), out);
    write(write.condition(), out);
    switch (write.change()) {
      case ItemWrite.Change.Put(var item) -> out.int8(PUT).item(item);
      case ItemWrite.Change.Delete _ -> out.int8(DELETE);
      case ItemWrite.Change.Check _ -> out.int8(CHECK);
      case ItemWrite.Change.Expire(long now) -> out.int8(EXPIRE).int64(now);
      case ItemWrite.Change.Modify(var update) -> ExpressionEncoder.write(update, out.int8(MODIFY));
    }
  }

  static ItemWrite itemWrite(WireReader in) throws IOException {
    TableSchema table = SchemaCodec.table(in);
    AttributeValue partition = SchemaCodec.key(table.keys().partition(), in);
    KeyAttribute sortAttribute = table.keys().sort();
    AttributeValue sort = sortAttribute == null ? null : SchemaCodec.key(sortAttribute, in);
    return new ItemWrite(table, partition, sort, condition(in), change(in));
  }

  private static ItemWrite.Change change(WireReader in) throws IOException {
    int kind = in.int8();
    return switch (kind) {
      case PUT -> new ItemWrite.Change.Put(in.item());
      case DELETE -> ItemWrite.Change.Delete.INSTANCE;
      case CHECK -> ItemWrite.Change.Check.INSTANCE;
      case EXPIRE -> new ItemWrite.Change.Expire(in.int64());
      case MODIFY -> new ItemWrite.Change.Modify(ExpressionDecoder.update(in));
      default -> throw in.malformed("unknown change " + kind);
    };
  }

  private static void write(@Nullable Condition condition, WireWriter out) {
    out.bool(condition != null);
    if (condition != null) {
      ExpressionEncoder.write(condition, out);
    }
  }

  private static @Nullable Condition condition(WireReader in) throws IOException {
    return in.bool() ? ExpressionDecoder.condition(in) : null;
  }

  private static Request writeEach(long group, WireReader in) throws IOException {
    List<ItemWrite> writes = new ArrayList<>();
    for (int left = in.count(Limits.BATCH_WRITE_REQUESTS_MAX); left > 0; left--) {
      writes.add(itemWrite(in));
    }
    return new Request.WriteEach(group, writes);
  }

  private static Request fillExpiry(long group, WireReader in) throws IOException {
    String attribute = in.text();
    List<byte[]> items = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      items.add(in.bytes());
    }
    return new Request.FillExpiry(group, attribute, items, in.bytes());
  }

  private static Request read(long group, WireReader in) throws IOException {
    boolean consistent = in.bool();
    return new Request.Read(group, in.bytes(), consistent);
  }

  private static void write(PageRead page, WireWriter out) {
    out.bytes(page.range().from()).bytes(page.range().to()).bool(page.descending());
    out.varint(page.itemsMax()).int64(page.bytesMax());
    write(page.filter(), out);
    PageRead.Fetch fetch = page.fetch();
    out.bool(fetch != null);
    if (fetch != null) {
      SchemaCodec.write(fetch.keys(), out.int64(fetch.table()));
    }
  }

  private static Request readPage(long group, WireReader in) throws IOException {
    boolean consistent = in.bool();
    StoredKeys.Range range = new StoredKeys.Range(in.bytes(), in.bytes());
    boolean descending = in.bool();
    int itemsMax = in.varint();
    long bytesMax = in.int64();
    Condition filter = condition(in);
    PageRead.Fetch fetch = in.bool() ? new PageRead.Fetch(in.int64(), SchemaCodec.keys(in)) : null;
    return new Request.ReadPage(
        group, new PageRead(range, descending, itemsMax, bytesMax, filter, fetch), consistent);
  }
}
