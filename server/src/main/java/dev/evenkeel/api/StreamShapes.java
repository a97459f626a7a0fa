package dev.evenkeel.api;

import dev.evenkeel.api.wire.Member;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Shape;
import dev.evenkeel.model.ApiException;

/// Shapes that several of the operations on streams share, and the name of their service.
final class StreamShapes {
  /// As in `X-Amz-Target`.
  static final String SERVICE = "DynamoDBStreams_20120810";

  static final Shape<String> STREAM_ARN = Shape.string(37, 1024);
  static final Shape<String> SHARD_ID = Shape.string(28, 65);

  /// The model knows no upper bound of a limit.
  static final Shape<Integer> LIMIT = Shape.integer(1, Integer.MAX_VALUE);

  private StreamShapes() {}

  /// The limit that a request asks for; where it asks for none, the greatest.
  static int limit(Members request, Member<Integer> parameter, int max) {
    int limit = request.get(parameter, max);
    if (limit > max) {
      throw ApiException.constraint(
          Integer.toString(limit),
          parameter.name(),
          "Member must have value less than or equal to " + max);
    }
    return limit;
  }
}
