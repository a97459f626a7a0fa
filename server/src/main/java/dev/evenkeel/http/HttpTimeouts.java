package dev.evenkeel.http;

import java.time.Duration;

/// How long the endpoint waits for a client. Kept to about [Loop#TICK].
///
/// @param idle between an answer and the next request
/// @param head from a request's first byte to the end of its headers
/// @param body from there to the end of the body
/// @param stalled without the client taking any of what it was sent
/// @param linger for the client to close after the last answer
/// @param drain for requests in flight when the endpoint closes
public record HttpTimeouts(
    Duration idle,
    Duration head,
    Duration body,
    Duration stalled,
    Duration linger,
    Duration drain) {
  /// Longer than the SDKs keep idle connections (60 s at most), so that a client closes first.
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static final Duration HEAD = Duration.ofSeconds(10);
  private static final Duration BODY = Duration.ofMinutes(1);
  private static final Duration STALLED = Duration.ofMinutes(1);
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final Duration DRAIN = Duration.ofSeconds(4);

  public static HttpTimeouts defaults() {
    return new HttpTimeouts(IDLE, HEAD, BODY, STALLED, LINGER, DRAIN);
  }

  public HttpTimeouts withDrain(Duration changed) {
    return new HttpTimeouts(idle, head, body, stalled, linger, changed);
  }
}
