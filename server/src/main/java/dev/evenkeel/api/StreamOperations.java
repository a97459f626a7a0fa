package dev.evenkeel.api;

import dev.evenkeel.environment.Tasks;
import dev.evenkeel.stream.StreamReader;
import java.util.List;

/// All operations on streams, each on virtual threads.
public final class StreamOperations {
  private StreamOperations() {}

  public static List<Operation> of(StreamReader streams, Arns arns, Tasks tasks) {
    List<Operation.Blocking> operations =
        List.of(
            new ListStreams(streams),
            new DescribeStream(streams),
            new GetShardIterator(streams),
            new GetRecords(streams, arns));
    return operations.stream()
        .map(operation -> Operation.onVirtualThread(operation, tasks))
        .toList();
  }
}
