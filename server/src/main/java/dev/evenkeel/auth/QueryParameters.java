package dev.evenkeel.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of a query, in their canonical encoding: every byte but the unreserved characters
/// of RFC 3986 as `%XX`, in upper case.
final class QueryParameters {
  private static final String SIGNATURE = "X-Amz-Signature";
  private static final String UNRESERVED = "-._~";

  private final List<Parameter> parameters;

  /// Name and value, both encoded canonically.
  private record Parameter(String name, String value) {}

  private QueryParameters(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  static QueryParameters parse(String query) {
    List<Parameter> parameters = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        parameters.add(new Parameter(encode(decode(name)), encode(decode(value))));
      }
    }
    return new QueryParameters(parameters);
  }

  /// The decoded value of the only parameter of that name; null when there is none.
  ///
  /// @throws dev.evenkeel.model.ApiException when there are several
  @Nullable String value(String name) {
    String found = null;
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        if (found != null) {
          throw AuthErrors.incomplete("Query-string has '" + name + "' more than once.");
        }
        found = new String(decode(parameter.value()), StandardCharsets.ISO_8859_1);
      }
    }
    return found;
  }

  String required(String name) {
    String value = value(name);
    if (value == null) {
      throw AuthErrors.incomplete(
          "AWS query-string parameters must include '"
              + name
              + "'. Re-examine the query-string parameters.");
    }
    return value;
  }

  /// Sorted by name, then by value, without the signature itself.
  String canonical() {
    List<Parameter> sorted = new ArrayList<>(parameters);
    sorted.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
    StringBuilder text = new StringBuilder();
    for (Parameter parameter : sorted) {
      if (!parameter.name().equals(SIGNATURE)) {
        text.append(text.isEmpty() ? "" : "&");
        text.append(parameter.name()).append('=').append(parameter.value());
      }
    }
    return text.toString();
  }

  /// A `%` that no two hexadecimal digits follow stands for itself.
  private static byte[] decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      char character = text.charAt(at);
      int value = character == '%' && at + 2 < text.length() ? hex(text, at + 1) : -1;
      if (value >= 0) {
        bytes.write(value);
        at += 2;
      } else {
        bytes.write(character);
      }
    }
    return bytes.toByteArray();
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte each : bytes) {
      encode(text, each & 0xFF, UNRESERVED);
    }
    return text.toString();
  }

  /// A path that came encoded is encoded once more, as every service but S3 wants it.
  static String encodePath(String path) {
    StringBuilder text = new StringBuilder(path.length());
    for (int at = 0; at < path.length(); at++) {
      encode(text, path.charAt(at) & 0xFF, "-._~/");
    }
    return text.toString();
  }

  private static void encode(StringBuilder text, int value, String unreserved) {
    boolean letterOrDigit =
        (value >= 'a' && value <= 'z')
            || (value >= 'A' && value <= 'Z')
            || (value >= '0' && value <= '9');
    if (letterOrDigit || unreserved.indexOf(value) >= 0) {
      text.append((char) value);
    } else {
      text.append('%');
      text.append(Character.toUpperCase(Character.forDigit(value >> 4, 16)));
      text.append(Character.toUpperCase(Character.forDigit(value & 0xF, 16)));
    }
  }
}
