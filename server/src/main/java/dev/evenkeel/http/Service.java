package dev.evenkeel.http;

import java.util.concurrent.Executor;

/// What all connections of an endpoint share.
///
/// @param aside runs what takes too long for an event loop
record Service(
    HttpOptions options,
    Backend backend,
    BodyMemory memory,
    Traffic traffic,
    Pages pages,
    Inflation inflation,
    Executor aside) {
  /// @param aside each task on a thread of its own, because tasks wait for each other
  static Service of(HttpOptions options, Backend backend, Executor aside) {
    BodyMemory memory = new BodyMemory(options.limits().bodyMemoryBytesMax());
    return new Service(
        options,
        backend,
        memory,
        new Traffic(backend.telemetry(), memory),
        new Pages(options.region(), backend, aside),
        new Inflation(options.limits().bodyBytesMax(), memory, aside),
        aside);
  }
}
