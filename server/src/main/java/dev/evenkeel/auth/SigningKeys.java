package dev.evenkeel.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/// Signing keys derived from secrets. One holds for a day of one access key, so the last ones are
/// kept.
///
/// Source: [Calculate the
/// signature](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature)
final class SigningKeys {
  /// Some 200 bytes each.
  private static final int KEPT_MAX = 10_000;

  private final Scope scope;
  private final Cache<DayOfKey, SecretKeySpec> kept =
      Caffeine.newBuilder().maximumSize(KEPT_MAX).executor(Runnable::run).build();

  /// Holds the whole access key, so that an id added again with another secret is another key.
  private record DayOfKey(AccessKey key, String date) {}

  SigningKeys(Scope scope) {
    this.scope = scope;
  }

  /// @param date `yyyyMMdd`
  SecretKeySpec of(AccessKey key, String date) {
    DayOfKey day = new DayOfKey(key, date);
    SecretKeySpec signingKey = kept.getIfPresent(day);
    if (signingKey == null) {
      signingKey = derive(key.secret(), date, scope);
      kept.put(day, signingKey);
    }
    return signingKey;
  }

  static SecretKeySpec derive(String secret, String date, Scope scope) {
    Digests digests = Digests.ofThread();
    SecretKeySpec key = Digests.key(("AWS4" + secret).getBytes(StandardCharsets.UTF_8));
    for (String step : new String[] {date, scope.region(), scope.service(), Scope.TERMINATOR}) {
      key = Digests.key(digests.hmac(key, step));
    }
    return key;
  }
}
