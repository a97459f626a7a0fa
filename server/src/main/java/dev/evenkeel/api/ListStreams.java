package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.Limits;
import dev.evenkeel.stream.StreamReader;
import dev.evenkeel.stream.TableStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists streams, page by page, by ARN.
final class ListStreams implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("ListStreamsInput");
  private static final Member<String> TABLE_NAME =
      INPUT.optional(
          "TableName", Shape.name(Limits.TABLE_NAME_CHARS_MIN, Limits.TABLE_NAME_CHARS_MAX));
  private static final Member<Integer> LIMIT = INPUT.optional("Limit", StreamShapes.LIMIT);
  private static final Member<String> START =
      INPUT.optional("ExclusiveStartStreamArn", StreamShapes.STREAM_ARN);
  private static final Structure SHAPE = INPUT.build();

  private final StreamReader streams;

  ListStreams(StreamReader streams) {
    this.streams = streams;
  }

  @Override
  public String service() {
    return StreamShapes.SERVICE;
  }

  @Override
  public String name() {
    return "ListStreams";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    int limit = StreamShapes.limit(request, LIMIT, Limits.LIST_STREAMS_MAX);
    @Nullable String start = request.get(START);
    List<TableStream> after =
        streams.streams(request.get(TABLE_NAME)).stream()
            .filter(stream -> start == null || stream.arn().compareTo(start) > 0)
            .limit(limit + 1L)
            .toList();
    boolean more = after.size() > limit;
    List<TableStream> page = more ? after.subList(0, limit) : after;
    JsonOut out = JsonOut.start().array("Streams");
    for (TableStream stream : page) {
      out.object()
          .string("StreamArn", stream.arn())
          .string("TableName", stream.table().name())
          .string("StreamLabel", stream.settings().label())
          .end();
    }
    out.endArray();
    if (more) {
      out.string("LastEvaluatedStreamArn", page.getLast().arn());
    }
    return Response.ok(out);
  }
}
