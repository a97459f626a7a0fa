package dev.evenkeel.auth;

import java.time.Instant;
import java.util.List;

/// What a request says about its own signature.
///
/// @param keyId the access key
/// @param scopeDate day of the credential scope, `yyyyMMdd`
/// @param region region of the credential scope
/// @param service service of the credential scope
/// @param terminator last element of the credential scope
/// @param time when it was signed
/// @param timestamp the same in ISO 8601 basic format, as it was signed
/// @param validSeconds how long it holds, or [#CLOCK_WINDOW] for the form that does not say
/// @param signedHeaders names in the order sent
/// @param signature lower-case hexadecimal
/// @param presigned in the query, not in the header
record SignatureClaim(
    String keyId,
    String scopeDate,
    String region,
    String service,
    String terminator,
    Instant time,
    String timestamp,
    long validSeconds,
    List<String> signedHeaders,
    String signature,
    boolean presigned) {
  /// Of [#validSeconds]: as far as clocks may differ.
  static final long CLOCK_WINDOW = -1;

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /// The scope as it is signed.
  String scope() {
    return scopeDate + "/" + region + "/" + service + "/" + terminator;
  }
}
