package dev.evenkeel.http;

import dev.evenkeel.model.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Undoes the `Content-Encoding` of requests: aside from the event loops, because a small body may
/// inflate to a large one, and a few at a time, because each may need the largest body's memory.
final class Inflation {
  private static final int AT_ONCE_MAX = 2;

  /// More would be a bomb inside a bomb.
  private static final int CODINGS_MAX = 2;

  private final int bytesMax;
  private final BodyMemory memory;
  private final Executor aside;
  private final Semaphore permits = new Semaphore(AT_ONCE_MAX);

  /// @param bytesMax of one inflated body
  Inflation(int bytesMax, BodyMemory memory, Executor aside) {
    this.bytesMax = bytesMax;
    this.memory = memory;
    this.aside = aside;
  }

  /// Gives the inflated body to `done`, on another thread.
  ///
  /// @param failed gets what DynamoDB answers: InternalServerError for a coding that is unknown or
  ///   broken, RequestEntityTooLarge when the result is larger than allowed
  void start(
      byte[] body, String contentEncoding, Consumer<byte[]> done, Consumer<ApiException> failed) {
    aside.execute(() -> {
      byte[] decoded;
      try {
        decoded = oneOfFew(body, contentEncoding);
      } catch (ApiException error) {
        failed.accept(error);
        return;
      }
      done.accept(decoded);
    });
  }

  private byte[] oneOfFew(byte[] body, String contentEncoding) {
    permits.acquireUninterruptibly();
    try {
      return decode(body, contentEncoding);
    } finally {
      permits.release();
    }
  }

  private byte[] decode(byte[] body, String contentEncoding) {
    String[] codings = contentEncoding.split(",", -1);
    if (codings.length > CODINGS_MAX) {
      throw ApiException.internal("Too many content codings");
    }
    byte[] decoded = body;
    for (int at = codings.length - 1; at >= 0; at--) {
      decoded = undo(decoded, codings[at].strip().toLowerCase(Locale.ROOT));
    }
    return decoded;
  }

  private byte[] undo(byte[] body, String coding) {
    return switch (coding) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> inflate(GZIPInputStream::new, body);
      case "deflate" -> inflate(InflaterInputStream::new, body);
      default -> throw ApiException.internal("Unknown content coding");
    };
  }

  /// Wraps the compressed bytes.
  private interface Opener {
    InputStream open(InputStream compressed) throws IOException;
  }

  private byte[] inflate(Opener opener, byte[] body) {
    if (!memory.take(bytesMax)) {
      throw busy();
    }
    try (InputStream in = opener.open(new ByteArrayInputStream(body))) {
      byte[] inflated = in.readNBytes(bytesMax + 1);
      if (inflated.length > bytesMax) {
        throw tooLarge(bytesMax);
      }
      return inflated;
    } catch (IOException e) {
      throw ApiException.internal("Broken content coding");
    } finally {
      memory.giveBack(bytesMax);
    }
  }

  static ApiException busy() {
    return ApiException.of(
        ApiException.Kind.SERVICE_UNAVAILABLE, "Too many large requests at once. Try again later.");
  }

  static ApiException tooLarge(int bytesMax) {
    return ApiException.of(
        ApiException.Kind.REQUEST_TOO_LARGE, "The request is larger than " + bytesMax + " bytes");
  }
}
