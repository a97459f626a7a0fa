package dev.evenkeel.simulation;

import java.util.function.Consumer;

/// Counts the calls whose answer has not come back to the client: where a node has answered, the
/// answer is still on its way.
final class OpenCalls {
  private int count;

  int count() {
    return count;
  }

  /// A call begins.
  ///
  /// @return takes its answer
  Consumer<Answer> begin(Consumer<Answer> reply) {
    count++;
    return answer -> {
      count--;
      reply.accept(answer);
    };
  }
}
