package dev.evenkeel.http;

import dev.evenkeel.model.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Undoes the `Content-Encoding` of a request.
final class Inflation {
  private Inflation() {}

  /// @param contentEncoding the header's value
  /// @param bytesMax of the result
  /// @throws ApiException as DynamoDB answers: InternalServerError for a coding that is unknown or
  ///   broken; RequestEntityTooLarge when the result is larger than allowed
  static byte[] decode(byte[] body, String contentEncoding, int bytesMax) {
    byte[] decoded = body;
    String[] codings = contentEncoding.split(",", -1);
    if (codings.length > 2) {
      throw ApiException.internal("Too many content codings");
    }
    for (int at = codings.length - 1; at >= 0; at--) {
      decoded = undo(decoded, codings[at].strip().toLowerCase(Locale.ROOT), bytesMax);
    }
    return decoded;
  }

  private static byte[] undo(byte[] body, String coding, int bytesMax) {
    return switch (coding) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> inflate(GZIPInputStream::new, body, bytesMax);
      case "deflate" -> inflate(InflaterInputStream::new, body, bytesMax);
      default -> throw ApiException.internal("Unknown content coding");
    };
  }

  /// Wraps the compressed bytes.
  private interface Opener {
    InputStream open(InputStream compressed) throws IOException;
  }

  private static byte[] inflate(Opener opener, byte[] body, int bytesMax) {
    byte[] inflated;
    try (InputStream in = opener.open(new ByteArrayInputStream(body))) {
      inflated = in.readNBytes(bytesMax + 1);
    } catch (IOException e) {
      throw ApiException.internal("Broken content coding");
    }
    if (inflated.length > bytesMax) {
      throw tooLarge(bytesMax);
    }
    return inflated;
  }

  static ApiException tooLarge(int bytesMax) {
    return ApiException.of(
        ApiException.Kind.REQUEST_TOO_LARGE, "The request is larger than " + bytesMax + " bytes");
  }
}
