package dev.evenkeel.http;

import java.util.Map;

/// What `GET /health` shows.
///
/// @param ready requests are served; answered 200, else 503
/// @param details shown beside the status, in the map's order
public record Health(boolean ready, Map<String, String> details) {
  public static final Health READY = new Health(true, Map.of());
}
