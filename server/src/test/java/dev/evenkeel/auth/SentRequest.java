package dev.evenkeel.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A request as a client sends it, with a signer of its own that shares nothing with the verifier.
public final class SentRequest implements RequestHead {
  private final String method;
  private final String path;
  private final String query;
  private final List<String[]> headers = new ArrayList<>();
  private byte[] body = new byte[0];

  public SentRequest(String method, String path, String query) {
    this.method = method;
    this.path = path;
    this.query = query;
  }

  /// POST of that body, as the SDKs make it, not signed yet.
  public static SentRequest post(String host, String target, String body, String timestamp) {
    return new SentRequest("POST", "/", "")
        .with("Host", host)
        .with("Content-Type", "application/x-amz-json-1.0")
        .with("X-Amz-Target", target)
        .with("X-Amz-Date", timestamp)
        .body(body.getBytes(StandardCharsets.UTF_8));
  }

  public SentRequest with(String name, String value) {
    headers.add(new String[] {name, value});
    return this;
  }

  public SentRequest without(String name) {
    headers.removeIf(header -> header[0].equalsIgnoreCase(name));
    return this;
  }

  public SentRequest body(byte[] bytes) {
    body = bytes;
    return this;
  }

  public SentRequest query(String changed) {
    return copy(method, path, changed);
  }

  public SentRequest path(String changed) {
    return copy(method, changed, query);
  }

  public SentRequest method(String changed) {
    return copy(changed, path, query);
  }

  public SentRequest copy() {
    return copy(method, path, query);
  }

  private SentRequest copy(String newMethod, String newPath, String newQuery) {
    SentRequest copy = new SentRequest(newMethod, newPath, newQuery).body(body);
    headers.forEach(header -> copy.with(header[0], header[1]));
    return copy;
  }

  public byte[] body() {
    return body;
  }

  public List<String[]> all() {
    return headers;
  }

  /// Adds the `Authorization` header over all headers present.
  public SentRequest sign(String id, String secret, String region, String service) {
    return signAt(String.valueOf(header("x-amz-date")), id, secret, region, service);
  }

  /// The same for a request that carries its time in another form.
  public SentRequest signAt(
      String timestamp, String id, String secret, String region, String service) {
    String scope = timestamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
    String names = signedNames();
    String signature = signature(secret, timestamp, scope, names, query);
    return with(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(id, scope, names, signature));
  }

  /// The same request signed in its query.
  public SentRequest presign(
      String id, String secret, String region, String timestamp, int expiresSeconds) {
    String scope = timestamp.substring(0, 8) + "/" + region + "/dynamodb/aws4_request";
    String unsigned =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + (id + "/" + scope).replace("/", "%2F")
            + "&X-Amz-Date="
            + timestamp
            + "&X-Amz-Expires="
            + expiresSeconds
            + "&X-Amz-SignedHeaders="
            + signedNames().replace(";", "%3B");
    return query(
        unsigned
            + "&X-Amz-Signature="
            + signature(secret, timestamp, scope, signedNames(), unsigned));
  }

  private String signedNames() {
    return headers.stream()
        .map(header -> header[0].toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .collect(Collectors.joining(";"));
  }

  private String signature(
      String secret, String timestamp, String scope, String names, String canonicalQuery) {
    TreeMap<String, String> values = new TreeMap<>();
    for (String[] header : headers) {
      String value = header[1].strip().replaceAll(" +", " ");
      values.merge(header[0].toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b);
    }
    StringBuilder canonical =
        new StringBuilder(method + "\n" + path + "\n" + canonicalQuery + "\n");
    values.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(sha256(body));
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + timestamp
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.toString().getBytes(StandardCharsets.ISO_8859_1));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String step : List.of(scope.split("/", -1))) {
      key = hmac(key, step);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public List<String> headers(String name) {
    return headers.stream()
        .filter(header -> header[0].equalsIgnoreCase(name))
        .map(header -> header[1])
        .toList();
  }

  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    headers.forEach(header -> names.add(header[0]));
    return names;
  }
}
