package dev.evenkeel.api;

import dev.evenkeel.api.wire.JsonOut;

/// The answer to one request, ready to be sent.
///
/// @param status the HTTP status
/// @param body a buffer that holds the body, `application/x-amz-json-1.0`; the receiver owns it
/// @param length bytes of `body` that count
/// @param error the error's name without prefix (as metrics count it), or empty for success
@SuppressWarnings("ArrayRecordComponent")
public record Response(int status, byte[] body, int length, String error) {
  private static final byte[] NOTHING = {};

  /// A success whose body `out` has written but for its end.
  public static Response ok(JsonOut out) {
    return of(200, "", out);
  }

  /// Ends the receiver's use of the body, whose memory other answers may then take. Once at most.
  public void recycle() {
    JsonOut.recycle(body);
  }

  static Response of(int status, String error, JsonOut out) {
    out.finish();
    return new Response(status, out.bytes(), out.length(), error);
  }

  /// A success with no body.
  public static Response empty() {
    return new Response(200, NOTHING, 0, "");
  }
}
