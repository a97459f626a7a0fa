package dev.evenkeel.http;

import dev.evenkeel.model.Limits;

/// What one client, and all of them together, can make the endpoint hold.
///
/// @param connectionsMax open connections; one more is answered 503 and closed
/// @param pipelinedMax requests of one connection that wait for their answers
/// @param lineBytesMax request line, and again all header lines together
/// @param bodyBytesMax one body, as sent and again inflated
/// @param bodyMemoryBytesMax all large bodies that are being received or served
public record HttpLimits(
    int connectionsMax,
    int pipelinedMax,
    int lineBytesMax,
    int bodyBytesMax,
    long bodyMemoryBytesMax) {
  private static final int CONNECTIONS = 10_000;
  private static final int PIPELINED = 32;
  private static final int LINE_BYTES = 16 * 1024;
  private static final int HEAP_SHARE = 4;

  /// A quarter of the heap for large bodies, but room for two of them in any case.
  public static HttpLimits defaults() {
    long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
    long bodies = Math.max(share, 2L * Limits.BODY_BYTES_MAX);
    return new HttpLimits(CONNECTIONS, PIPELINED, LINE_BYTES, Limits.BODY_BYTES_MAX, bodies);
  }
}
