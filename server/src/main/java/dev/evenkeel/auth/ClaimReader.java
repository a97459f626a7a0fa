package dev.evenkeel.auth;

import dev.evenkeel.model.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the [SignatureClaim] of a request from its `Authorization` header or its query.
final class ClaimReader {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final int BASIC_CHARS = 16;
  private static final int SCOPE_ELEMENTS = 5;
  private static final long EXPIRES_SECONDS_MAX = 604_800;
  private static final List<String> QUERY_PARAMETERS =
      List.of(
          "X-Amz-Algorithm",
          "X-Amz-Credential",
          "X-Amz-Signature",
          "X-Amz-SignedHeaders",
          "X-Amz-Date");
  private static final List<String> HEADER_PARAMETERS =
      List.of("Credential", "Signature", "SignedHeaders");

  private ClaimReader() {}

  /// @throws ApiException when there is no claim, two, or an incomplete one
  static SignatureClaim read(RequestHead head) {
    List<String> authorizations = head.headers("authorization");
    boolean presigned = head.query().contains("X-Amz-Algorithm=");
    if (presigned && !authorizations.isEmpty()) {
      throw AuthErrors.bothForms();
    }
    if (presigned) {
      return fromQuery(QueryParameters.parse(head.query()));
    }
    if (authorizations.size() != 1 || !authorizations.get(0).startsWith("AWS4-")) {
      throw AuthErrors.missingToken();
    }
    return fromHeader(authorizations.get(0), head);
  }

  private static SignatureClaim fromHeader(String authorization, RequestHead head) {
    int space = authorization.indexOf(' ');
    String algorithm = space < 0 ? authorization : authorization.substring(0, space);
    requireAlgorithm(algorithm);
    Map<String, String> parameters =
        headerParameters(space < 0 ? "" : authorization.substring(space + 1));
    String sent = dateHeader(head);
    StringBuilder missing = new StringBuilder();
    for (String name : HEADER_PARAMETERS) {
      if (parameters.getOrDefault(name, "").isEmpty()) {
        missing.append("Authorization header requires '").append(name).append("' parameter. ");
      }
    }
    if (sent == null) {
      missing.append(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    }
    if (sent == null || !missing.isEmpty()) {
      throw AuthErrors.incomplete(missing + "Authorization=" + algorithm);
    }
    return claim(parameters, sent, SignatureClaim.CLOCK_WINDOW, false);
  }

  private static SignatureClaim fromQuery(QueryParameters query) {
    StringBuilder missing = new StringBuilder();
    for (String name : QUERY_PARAMETERS) {
      String value = query.value(name);
      if (value == null || value.isEmpty()) {
        missing.append("AWS query-string parameters must include '").append(name).append("'. ");
      }
    }
    if (!missing.isEmpty()) {
      throw AuthErrors.incomplete(missing + "Re-examine the query-string parameters.");
    }
    requireAlgorithm(query.required("X-Amz-Algorithm"));
    Map<String, String> parameters =
        Map.of(
            "Credential", query.required("X-Amz-Credential"),
            "Signature", query.required("X-Amz-Signature"),
            "SignedHeaders", query.required("X-Amz-SignedHeaders"));
    return claim(parameters, query.required("X-Amz-Date"), expires(query), true);
  }

  private static SignatureClaim claim(
      Map<String, String> parameters, String sentDate, long validSeconds, boolean presigned) {
    String credential = parameters.getOrDefault("Credential", "");
    String[] scope = credential.split("/", -1);
    if (scope.length != SCOPE_ELEMENTS) {
      throw AuthErrors.incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + credential
              + "'");
    }
    Instant time = time(sentDate);
    String timestamp = BASIC.format(time.atOffset(ZoneOffset.UTC));
    List<String> signed = List.of(parameters.getOrDefault("SignedHeaders", "").split(";", -1));
    String signature = parameters.getOrDefault("Signature", "");
    return new SignatureClaim(
        scope[0],
        scope[1],
        scope[2],
        scope[3],
        scope[4],
        time,
        timestamp,
        validSeconds,
        signed,
        signature,
        presigned);
  }

  private static void requireAlgorithm(String algorithm) {
    if (!algorithm.equals(SignatureClaim.ALGORITHM)) {
      throw AuthErrors.incomplete("Unsupported AWS 'algorithm': '" + algorithm + "'.");
    }
  }

  /// Without the parameter a presigned request holds as long as clocks may differ.
  private static long expires(QueryParameters query) {
    String expires = query.value("X-Amz-Expires");
    if (expires == null) {
      return SignatureClaim.CLOCK_WINDOW;
    }
    long seconds;
    try {
      seconds = Long.parseLong(expires);
    } catch (NumberFormatException e) {
      seconds = -1;
    }
    if (seconds < 0 || seconds > EXPIRES_SECONDS_MAX) {
      throw AuthErrors.incomplete("X-Amz-Expires must be a number between 0 and 604800.");
    }
    return seconds;
  }

  /// `Name=value` pairs separated by commas.
  private static Map<String, String> headerParameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : split(text)) {
      int equals = part.indexOf('=');
      if (equals <= 0) {
        throw AuthErrors.incomplete(
            "Invalid key=value pair (missing equal-sign) in Authorization header: '" + part + "'.");
      }
      if (parameters.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
        throw AuthErrors.incomplete(
            "Authorization header has '" + part.substring(0, equals) + "' more than once.");
      }
    }
    return parameters;
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int comma = text.indexOf(',', from);
      int end = comma < 0 ? text.length() : comma;
      String part = text.substring(from, end).strip();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      from = end + 1;
    }
    return parts;
  }

  /// `X-Amz-Date` wins over `Date`. Null when there is neither.
  private static @Nullable String dateHeader(RequestHead head) {
    List<String> dates = head.headers("x-amz-date");
    if (dates.isEmpty()) {
      dates = head.headers("date");
    }
    return dates.isEmpty() ? null : String.join(",", dates);
  }

  /// ISO 8601 basic format, or for a `Date` header the format of HTTP.
  private static Instant time(String sent) {
    try {
      if (sent.length() == BASIC_CHARS) {
        return LocalDateTime.parse(sent, BASIC).toInstant(ZoneOffset.UTC);
      }
      return DateTimeFormatter.RFC_1123_DATE_TIME.parse(sent, Instant::from);
    } catch (DateTimeException e) {
      throw AuthErrors.badDate(sent);
    }
  }
}
