package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.model.ApiException;
import dev.evenkeel.stream.StreamReader;
import dev.evenkeel.stream.TableStream;

/// Tells where in a shard to begin to read.
final class GetShardIterator implements Operation.Blocking {
  private static final Structure.Builder INPUT = Structure.of("GetShardIteratorInput");
  private static final Member<String> STREAM_ARN =
      INPUT.required("StreamArn", StreamShapes.STREAM_ARN);
  private static final Member<String> SHARD_ID = INPUT.required("ShardId", StreamShapes.SHARD_ID);
  private static final Member<String> TYPE =
      INPUT.required(
          "ShardIteratorType",
          Shape.enumeration(
              "TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"));
  private static final Member<String> SEQUENCE_NUMBER =
      INPUT.optional("SequenceNumber", Shape.string(21, 40));
  private static final Structure SHAPE = INPUT.build();

  private final StreamReader streams;

  GetShardIterator(StreamReader streams) {
    this.streams = streams;
  }

  @Override
  public String service() {
    return StreamShapes.SERVICE;
  }

  @Override
  public String name() {
    return "GetShardIterator";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    StreamReader.Start start = StreamReader.Start.valueOf(request.need(TYPE));
    boolean needed =
        switch (start) {
          case AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER -> true;
          case TRIM_HORIZON, LATEST -> false;
        };
    if (needed != request.has(SEQUENCE_NUMBER)) {
      throw ApiException.validation(
          "One or more parameter values were invalid: SequenceNumber "
              + (needed ? "is required" : "should not be specified")
              + " when ShardIteratorType is "
              + start);
    }
    TableStream stream = streams.stream(request.need(STREAM_ARN));
    return Response.ok(
        JsonOut.start()
            .string(
                "ShardIterator",
                streams
                    .iterator(stream, request.need(SHARD_ID), start, request.get(SEQUENCE_NUMBER))
                    .encode()));
  }
}
