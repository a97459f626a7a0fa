package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.codec.BinaryItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.StreamSettings.View;
import dev.evenkeel.replica.ChangePosition;
import dev.evenkeel.replica.ChangeRecord;
import dev.evenkeel.stream.SequenceNumber;
import dev.evenkeel.stream.ShardIterator;
import dev.evenkeel.stream.StreamReader;
import dev.evenkeel.stream.TableStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads records of a shard.
final class GetRecords implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("GetRecordsInput");
  private static final Member<String> ITERATOR =
      INPUT.required("ShardIterator", Shape.string(1, Limits.SHARD_ITERATOR_CHARS_MAX));
  private static final Member<Integer> LIMIT = INPUT.optional("Limit", StreamShapes.LIMIT);
  private static final Structure SHAPE = INPUT.build();

  private static final String EVENT_VERSION = "1.1";
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private final StreamReader streams;
  private final Arns arns;

  GetRecords(StreamReader streams, Arns arns) {
    this.streams = streams;
    this.arns = arns;
  }

  @Override
  public String service() {
    return StreamShapes.SERVICE;
  }

  @Override
  public String name() {
    return "GetRecords";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    int limit = StreamShapes.limit(request, LIMIT, Limits.GET_RECORDS_MAX);
    StreamReader.Records read = streams.records(request.need(ITERATOR), limit);
    JsonOut out = JsonOut.start().array("Records");
    for (ChangeRecord record : read.records()) {
      write(read.stream(), record, out);
    }
    out.endArray();
    ShardIterator next = read.next();
    return Response.ok(out.string("NextShardIterator", next == null ? null : next.encode()));
  }

  private void write(TableStream stream, ChangeRecord record, JsonOut out) {
    out.object()
        .string("eventID", eventId(stream.table().id(), record.position()))
        .string("eventName", eventName(record))
        .string("eventVersion", EVENT_VERSION)
        .string("eventSource", "aws:dynamodb")
        .string("awsRegion", arns.region());
    View view = stream.settings().view();
    BinaryItem keys = keys(stream.table().schema().keys(), record);
    BinaryItem after =
        view == View.NEW_IMAGE || view == View.NEW_AND_OLD_IMAGES ? record.after() : null;
    BinaryItem before =
        view == View.OLD_IMAGE || view == View.NEW_AND_OLD_IMAGES ? record.before() : null;
    out.object("dynamodb")
        .number("ApproximateCreationDateTime", record.commitMicros() / MICROS_PER_SECOND);
    image("Keys", keys, out);
    image("NewImage", after, out);
    image("OldImage", before, out);
    out.string("SequenceNumber", SequenceNumber.of(record.position()))
        .number(
            "SizeBytes", (long) keys.size() + BinaryItem.sizeOf(after) + BinaryItem.sizeOf(before))
        .string("StreamViewType", view.name())
        .end();
    if (record.byService()) {
      out.object("userIdentity")
          .string("PrincipalId", "dynamodb.amazonaws.com")
          .string("Type", "Service")
          .end();
    }
    out.end();
  }

  private static void image(String name, @Nullable BinaryItem item, JsonOut out) {
    if (item != null) {
      out.name(name).item(item);
    }
  }

  private static String eventName(ChangeRecord record) {
    if (record.before() == null) {
      return "INSERT";
    }
    return record.after() == null ? "REMOVE" : "MODIFY";
  }

  /// The same for each reading of the record, and of no other.
  private static String eventId(long partition, ChangePosition position) {
    ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES);
    id.putLong(partition).putLong(position.slot()).putInt(position.number());
    return HexFormat.of().formatHex(id.array());
  }

  private static BinaryItem keys(KeySchema schema, ChangeRecord record) {
    BinaryItem item =
        Objects.requireNonNull(
            record.after() == null ? record.before() : record.after(), "a change of nothing");
    Map<String, AttributeValue> keys = new LinkedHashMap<>();
    for (KeySchema.KeyAttribute key : schema.attributes()) {
      keys.put(key.name(), Objects.requireNonNull(item.get(key.name()), "an item without its key"));
    }
    return BinaryItem.of(keys);
  }
}
