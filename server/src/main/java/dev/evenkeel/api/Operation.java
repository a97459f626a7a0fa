package dev.evenkeel.api;

import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import dev.evenkeel.environment.Tasks;

/// One operation of the API. One class each: the shape of its input, what its members mean
/// together, and its execution.
public interface Operation {
  /// The service whose operations most are, as in `X-Amz-Target`.
  String DYNAMODB = "DynamoDB_20120810";

  /// As in `X-Amz-Target`, before the dot.
  default String service() {
    return DYNAMODB;
  }

  /// As in `X-Amz-Target`, behind the dot. No two services have an operation of one name.
  String name();

  /// Its input in the service model.
  Structure input();

  /// Runs one request, whose members satisfy the input's constraints. Does not block; what it
  /// throws is answered as if it had been given to [Reply#fail].
  ///
  /// @param reply to be used exactly once, on any thread
  void run(Members members, Reply reply);

  /// An operation in straight-line code that may block.
  interface Blocking {
    default String service() {
      return DYNAMODB;
    }

    String name();

    Structure input();

    /// Runs one request on a virtual thread.
    Response run(Members members);
  }

  /// Runs each request of a blocking operation on a virtual thread of its own.
  static Operation onVirtualThread(Blocking operation, Tasks tasks) {
    return new Operation() {
      @Override
      public String service() {
        return operation.service();
      }

      @Override
      public String name() {
        return operation.name();
      }

      @Override
      public Structure input() {
        return operation.input();
      }

      @Override
      public void run(Members members, Reply reply) {
        tasks.fork(operation.name(), () -> reply.complete(() -> operation.run(members)));
      }
    };
  }
}
