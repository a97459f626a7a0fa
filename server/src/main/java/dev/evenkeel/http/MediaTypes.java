package dev.evenkeel.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The media types that the endpoint reads and writes.
final class MediaTypes {
  static final byte[] AMZ_JSON = ascii("application/x-amz-json-1.0");
  static final byte[] JSON = ascii("application/json");
  static final byte[] TEXT = ascii("text/plain; charset=utf-8");
  static final byte[] XML = ascii("application/xml");
  static final byte[] PROMETHEUS = ascii("text/plain; version=0.0.4; charset=utf-8");

  private static final String AMZ_JSON_TEXT = "application/x-amz-json-1.0";
  private static final String JSON_TEXT = "application/json";

  private MediaTypes() {}

  /// Whether the body of an operation may be of this `Content-Type`.
  static boolean isOperation(@Nullable String contentType) {
    if (AMZ_JSON_TEXT.equals(contentType)) {
      return true;
    }
    if (contentType == null) {
      return false;
    }
    int semicolon = contentType.indexOf(';');
    String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
    return type.equalsIgnoreCase(AMZ_JSON_TEXT) || type.equalsIgnoreCase(JSON_TEXT);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
