package dev.evenkeel.api;

/// The answer to one request, ready to be sent.
///
/// @param status the HTTP status
/// @param body a buffer that holds the body, `application/x-amz-json-1.0`; the receiver owns it
/// @param length bytes of `body` that count
/// @param error the error's name without prefix (as metrics count it), or empty for success
@SuppressWarnings("ArrayRecordComponent")
public record Response(int status, byte[] body, int length, String error) {}
