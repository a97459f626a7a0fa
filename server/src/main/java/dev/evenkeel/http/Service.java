package dev.evenkeel.http;

/// What all connections of an endpoint share.
record Service(
    HttpOptions options,
    Backend backend,
    BodyMemory memory,
    Traffic traffic,
    Pages pages,
    Inflation inflation) {
  static Service of(HttpOptions options, Backend backend) {
    BodyMemory memory = new BodyMemory(options.limits().bodyMemoryBytesMax());
    return new Service(
        options,
        backend,
        memory,
        new Traffic(backend.telemetry(), memory),
        new Pages(options.region(), backend),
        new Inflation(options.limits().bodyBytesMax(), memory));
  }
}
