package dev.evenkeel.http;

import java.net.InetSocketAddress;

/// How the endpoint is set up.
///
/// @param bind where to listen; port 0 takes a free one
/// @param region named in the health line
/// @param eventLoops threads that serve connections
/// @param nativeTransport use epoll where the machine has it, else Java's NIO
public record HttpOptions(
    InetSocketAddress bind,
    String region,
    int eventLoops,
    boolean nativeTransport,
    HttpLimits limits,
    HttpTimeouts timeouts) {
  public static HttpOptions of(InetSocketAddress bind, String region) {
    int loops = Runtime.getRuntime().availableProcessors();
    return new HttpOptions(
        bind, region, loops, true, HttpLimits.defaults(), HttpTimeouts.defaults());
  }

  public HttpOptions withEventLoops(int loops) {
    return new HttpOptions(bind, region, loops, nativeTransport, limits, timeouts);
  }

  public HttpOptions withNativeTransport(boolean enabled) {
    return new HttpOptions(bind, region, eventLoops, enabled, limits, timeouts);
  }

  public HttpOptions withLimits(HttpLimits changed) {
    return new HttpOptions(bind, region, eventLoops, nativeTransport, changed, timeouts);
  }

  public HttpOptions withTimeouts(HttpTimeouts changed) {
    return new HttpOptions(bind, region, eventLoops, nativeTransport, limits, changed);
  }
}
