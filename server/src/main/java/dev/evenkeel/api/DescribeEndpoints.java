package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;
import dev.evenkeel.api.wire.Members;
import dev.evenkeel.api.wire.Structure;
import java.util.function.Supplier;

/// Tells a client that discovers endpoints to stay with this one.
final class DescribeEndpoints implements Operation.Blocking {
  private static final long CACHE_MINUTES = 1_440;
  private static final Structure SHAPE = Structure.of("DescribeEndpointsRequest").build();

  private final Supplier<String> address;

  /// @param address host and port of this endpoint, as clients reach it
  DescribeEndpoints(Supplier<String> address) {
    this.address = address;
  }

  @Override
  public String name() {
    return "DescribeEndpoints";
  }

  @Override
  public Structure input() {
    return SHAPE;
  }

  @Override
  public Response run(Members request) {
    return Response.ok(
        JsonOut.start()
            .array("Endpoints")
            .object()
            .string("Address", address.get())
            .number("CachePeriodInMinutes", CACHE_MINUTES)
            .end()
            .endArray());
  }
}
