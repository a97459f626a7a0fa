package dev.evenkeel.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// How the body of an answer is compressed.
enum ContentCoding {
  IDENTITY,
  GZIP,
  DEFLATE;

  private static final byte[] GZIP_NAME = "gzip".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DEFLATE_NAME = "deflate".getBytes(StandardCharsets.US_ASCII);

  /// The value of `Content-Encoding`.
  byte[] wireName() {
    return this == GZIP ? GZIP_NAME : DEFLATE_NAME;
  }

  /// The coding of the highest weight in that `Accept-Encoding`, the first listed among equals;
  /// identity when neither gzip nor deflate is accepted, or identity is wanted more.
  static ContentCoding of(@Nullable String acceptEncoding) {
    if (acceptEncoding == null || acceptEncoding.equals("identity")) {
      return IDENTITY;
    }
    ContentCoding best = IDENTITY;
    double bestWeight = 0;
    double identityWeight = 0;
    for (String part : acceptEncoding.split(",", -1)) {
      int semicolon = part.indexOf(';');
      String name = (semicolon < 0 ? part : part.substring(0, semicolon)).strip();
      double weight = semicolon < 0 ? 1 : weight(part.substring(semicolon + 1));
      ContentCoding coding = named(name);
      if (coding == null) {
        continue;
      }
      if (coding == IDENTITY) {
        identityWeight = weight;
      } else if (weight > bestWeight) {
        best = coding;
        bestWeight = weight;
      }
    }
    return bestWeight >= identityWeight ? best : IDENTITY;
  }

  private static @Nullable ContentCoding named(String name) {
    if (name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip")) {
      return GZIP;
    }
    if (name.equalsIgnoreCase("deflate")) {
      return DEFLATE;
    }
    return name.equalsIgnoreCase("identity") ? IDENTITY : null;
  }

  /// What stands behind `q=`; 0 when it is no number between 0 and 1.
  private static double weight(String parameter) {
    String text = parameter.strip();
    if (!text.startsWith("q=") && !text.startsWith("Q=")) {
      return 1;
    }
    try {
      double weight = Double.parseDouble(text.substring(2));
      return weight >= 0 && weight <= 1 ? weight : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// The first `length` bytes of `body`, compressed.
  byte[] encode(byte[] body, int length) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(length / 2);
    try (OutputStream out =
        this == GZIP ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      out.write(body, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
