package dev.evenkeel.auth;

import dev.evenkeel.environment.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Verifies AWS Signature Version 4, in the header and in the query.
final class SignatureV4 implements Authenticator {
  private static final Duration CLOCK_WINDOW = Duration.ofMinutes(15);
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE_CHARS = 8;
  private static final String BODY_HASH_HEADER = "x-amz-content-sha256";
  private static final String SIGNED_PREFIX = "x-amz-";

  private final Function<String, @Nullable AccessKey> keys;
  private final Scope scope;
  private final Clock clock;
  private final SigningKeys signingKeys;

  /// @param keys yields the access key of an id, or null
  SignatureV4(Function<String, @Nullable AccessKey> keys, Scope scope, Clock clock) {
    this.keys = keys;
    this.scope = scope;
    this.clock = clock;
    this.signingKeys = new SigningKeys(scope);
  }

  @Override
  public void authenticate(RequestHead head, byte[] body) {
    SignatureClaim claim = ClaimReader.read(head);
    requireScope(claim);
    AccessKey key = keys.apply(claim.keyId());
    if (key == null) {
      throw AuthErrors.unknownKey();
    }
    requireInTime(claim);
    requireSigned(head, claim.signedHeaders());
    String bodyHash = Digests.ofThread().sha256(body);
    String stated = head.header(BODY_HASH_HEADER);
    if (stated != null && !stated.equals(bodyHash)) {
      throw AuthErrors.mismatch();
    }
    requireSignature(claim, CanonicalRequest.of(head, claim.signedHeaders(), bodyHash), key);
  }

  private void requireScope(SignatureClaim claim) {
    StringBuilder wrong = new StringBuilder();
    if (!claim.region().equals(scope.region())) {
      wrong
          .append("Credential should be scoped to a valid region, not '")
          .append(claim.region())
          .append("'. ");
    }
    if (!claim.service().equals(scope.service())) {
      wrong
          .append("Credential should be scoped to correct service: '")
          .append(scope.service())
          .append("'. ");
    }
    if (!claim.terminator().equals(Scope.TERMINATOR)) {
      wrong
          .append("Credential should be scoped with a valid terminator: '")
          .append(Scope.TERMINATOR)
          .append("', not '")
          .append(claim.terminator())
          .append("'. ");
    }
    String day = claim.timestamp().substring(0, DATE_CHARS);
    if (!claim.scopeDate().equals(day)) {
      wrong
          .append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date")
          .append(" from HTTP: '")
          .append(claim.scopeDate())
          .append("' != '")
          .append(day)
          .append("', from '")
          .append(claim.timestamp())
          .append("'.");
    }
    if (!wrong.isEmpty()) {
      throw AuthErrors.invalid(wrong.toString());
    }
  }

  private void requireInTime(SignatureClaim claim) {
    Instant now = Instant.ofEpochMilli(clock.wallMillis());
    Instant latest = now.plus(CLOCK_WINDOW);
    if (claim.time().isAfter(latest)) {
      throw AuthErrors.invalid(
          "Signature not yet current: "
              + claim.timestamp()
              + " is still later than "
              + BASIC.format(latest)
              + " ("
              + BASIC.format(now)
              + " + 15 min.)");
    }
    boolean stated = claim.validSeconds() != SignatureClaim.CLOCK_WINDOW;
    Duration valid = stated ? Duration.ofSeconds(claim.validSeconds()) : CLOCK_WINDOW;
    Instant earliest = now.minus(valid);
    if (claim.time().isBefore(earliest)) {
      throw AuthErrors.invalid(
          "Signature expired: "
              + claim.timestamp()
              + " is now earlier than "
              + BASIC.format(earliest)
              + " ("
              + BASIC.format(now)
              + " - "
              + valid.toMinutes()
              + " min.)");
    }
  }

  /// `Host` and everything that AWS gave a meaning to has to be under the signature.
  ///
  /// @param signedHeaders each once, in order: a name that is repeated would make the canonical
  ///   text many times as long as the request
  private static void requireSigned(RequestHead head, List<String> signedHeaders) {
    for (int at = 1; at < signedHeaders.size(); at++) {
      if (signedHeaders.get(at - 1).compareTo(signedHeaders.get(at)) >= 0) {
        throw AuthErrors.mismatch();
      }
    }
    if (Collections.binarySearch(signedHeaders, "host") < 0) {
      throw AuthErrors.unsigned("Host");
    }
    for (String name : head.names()) {
      if (name.regionMatches(true, 0, SIGNED_PREFIX, 0, SIGNED_PREFIX.length())
          && Collections.binarySearch(signedHeaders, name.toLowerCase(Locale.ROOT)) < 0) {
        throw AuthErrors.unsigned(name);
      }
    }
  }

  private void requireSignature(SignatureClaim claim, String canonicalRequest, AccessKey key) {
    Digests digests = Digests.ofThread();
    String toSign =
        SignatureClaim.ALGORITHM
            + "\n"
            + claim.timestamp()
            + "\n"
            + claim.scope()
            + "\n"
            + digests.sha256(canonicalRequest.getBytes(StandardCharsets.ISO_8859_1));
    byte[] expected = digests.hmac(signingKeys.of(key, claim.scopeDate()), toSign);
    byte[] expectedText = HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII);
    byte[] sentText = claim.signature().getBytes(StandardCharsets.ISO_8859_1);
    if (!MessageDigest.isEqual(expectedText, sentText)) {
      throw AuthErrors.mismatch();
    }
  }
}
