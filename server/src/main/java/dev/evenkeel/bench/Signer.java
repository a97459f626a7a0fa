package dev.evenkeel.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signature Version 4 for the one shape of request that the generator sends: `POST /` without a
/// query. Without credentials it yields a header of the same size that carries no valid signature,
/// for endpoints that accept anybody. Not safe for concurrent use.
///
/// Source: [Create a signed
/// request](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)
final class Signer {
  /// Characters of a signature.
  static final int SIGNATURE_LENGTH = 64;

  /// The media type that every request carries.
  static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String UNSIGNED = "0".repeat(SIGNATURE_LENGTH);

  private final @Nullable Credentials credentials;
  private final String region;
  private final String host;
  private final InstantSource clock;
  private final MessageDigest sha256;
  private final Mac hmac;

  private long second = Long.MIN_VALUE;
  private String stamp = "";
  private String day = "";
  private byte[] signingKey = new byte[0];

  Signer(@Nullable Credentials credentials, String region, String host, InstantSource clock) {
    this.credentials = credentials;
    this.region = region;
    this.host = host;
    this.clock = clock;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
      hmac = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every Java platform has SHA-256 and HmacSHA256", e);
    }
  }

  /// Whether the signatures are real ones.
  boolean signs() {
    return credentials != null;
  }

  /// The host as the request names it.
  String host() {
    return host;
  }

  /// The session token of temporary credentials.
  @Nullable String sessionToken() {
    return credentials == null ? null : credentials.sessionToken();
  }

  /// `X-Amz-Date` of now, 16 characters of which the first 8 are the day.
  String stamp() {
    Instant now = clock.instant();
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      stamp = STAMP.format(now);
      if (!stamp.startsWith(day) || day.isEmpty()) {
        day = stamp.substring(0, 8);
        signingKey = credentials == null ? new byte[0] : signingKey(credentials.secretKey());
      }
    }
    return stamp;
  }

  /// The `Authorization` header up to, not including, the signature.
  String authorization() {
    String name = credentials == null ? "evenkeelbench" : credentials.accessKey();
    return "AWS4-HMAC-SHA256 Credential="
        + name
        + '/'
        + stamp().substring(0, 8)
        + '/'
        + region
        + "/dynamodb/aws4_request, SignedHeaders="
        + signedHeaders()
        + ", Signature=";
  }

  /// The signature of a call of `target` at [#stamp] with the body `message[from, message.length)`.
  String signature(String target, byte[] message, int from) {
    if (credentials == null) {
      return UNSIGNED;
    }
    String at = stamp();
    sha256.update(message, from, message.length - from);
    String canonical = canonicalRequest(target, at, hex(sha256.digest()));
    String scope = day + '/' + region + "/dynamodb/aws4_request";
    String hash = hex(sha256.digest(canonical.getBytes(UTF_8)));
    return hex(hmac(signingKey, "AWS4-HMAC-SHA256\n" + at + '\n' + scope + '\n' + hash));
  }

  private String canonicalRequest(String target, String at, String bodyHash) {
    String token = sessionToken();
    return "POST\n/\n\ncontent-type:"
        + CONTENT_TYPE
        + "\nhost:"
        + host
        + "\nx-amz-date:"
        + at
        + (token == null ? "" : "\nx-amz-security-token:" + token)
        + "\nx-amz-target:"
        + target
        + "\n\n"
        + signedHeaders()
        + '\n'
        + bodyHash;
  }

  private String signedHeaders() {
    return sessionToken() == null
        ? "content-type;host;x-amz-date;x-amz-target"
        : "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
  }

  private byte[] signingKey(String secret) {
    byte[] key = hmac(("AWS4" + secret).getBytes(UTF_8), day);
    key = hmac(key, region);
    key = hmac(key, "dynamodb");
    return hmac(key, "aws4_request");
  }

  private byte[] hmac(byte[] key, String text) {
    try {
      hmac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new LinkageError("HmacSHA256 takes keys of any length", e);
    }
    return hmac.doFinal(text.getBytes(ISO_8859_1));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
