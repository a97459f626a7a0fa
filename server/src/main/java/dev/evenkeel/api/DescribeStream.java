package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.Limits;
import dev.evenkeel.model.TableStreams;
import dev.evenkeel.stream.StreamReader;
import dev.evenkeel.stream.TableStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes a stream and, page by page, its shards. No shard has children: each lasts as long as
/// its stream.
final class DescribeStream implements Operation.Blocking {
  private static final Structure.Builder FILTER_INPUT = Structure.of("ShardFilter");

  static {
    FILTER_INPUT.optional("Type", Shape.enumeration("CHILD_SHARDS"));
    FILTER_INPUT.optional("ShardId", StreamShapes.SHARD_ID);
  }

  private static final Structure.Builder INPUT = Structure.of("DescribeStreamInput");
  private static final Member<String> STREAM_ARN =
      INPUT.required("StreamArn", StreamShapes.STREAM_ARN);
  private static final Member<Integer> LIMIT = INPUT.optional("Limit", StreamShapes.LIMIT);
  private static final Member<String> START =
      INPUT.optional("ExclusiveStartShardId", StreamShapes.SHARD_ID);
  private static final Member<Members> FILTER = INPUT.optional("ShardFilter", FILTER_INPUT.build());
  private static final Structure SHAPE = INPUT.build();

  private final StreamReader streams;

  DescribeStream(StreamReader streams) {
    this.streams = streams;
  }

  @Override
  public String service() {
    return StreamShapes.SERVICE;
  }

  @Override
  public String name() {
    return "DescribeStream";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    int limit = StreamShapes.limit(request, LIMIT, Limits.DESCRIBE_STREAM_SHARDS_MAX);
    TableStream stream = streams.stream(request.need(STREAM_ARN));
    @Nullable String start = request.get(START);
    List<StreamReader.Shard> after =
        request.has(FILTER)
            ? List.of()
            : streams.shards(stream).stream()
                .filter(shard -> start == null || shard.id().compareTo(start) > 0)
                .toList();
    JsonOut out = JsonOut.start().object("StreamDescription");
    out.string("StreamArn", stream.arn())
        .string("StreamLabel", stream.settings().label())
        .string("StreamStatus", stream.status().name())
        .string("StreamViewType", stream.settings().view().name())
        .seconds("CreationRequestDateTime", TableStreams.birthMillis(stream.settings().label()))
        .string("TableName", stream.table().name());
    TableJson.keys(stream.table().schema().keys(), out);
    out.array("Shards");
    after.stream().limit(limit).forEach(shard -> write(shard, out));
    out.endArray();
    if (after.size() > limit) {
      out.string("LastEvaluatedShardId", after.get(limit - 1).id());
    }
    return Response.ok(out.end());
  }

  private static void write(StreamReader.Shard shard, JsonOut out) {
    out.object()
        .string("ShardId", shard.id())
        .object("SequenceNumberRange")
        .string("StartingSequenceNumber", shard.first())
        .string("EndingSequenceNumber", shard.last())
        .end()
        .end();
  }
}
