package dev.evenkeel.bench;

import org.jspecify.annotations.Nullable;

/// An access key to sign requests with.
///
/// @param sessionToken of temporary credentials, else null
public record Credentials(String accessKey, String secretKey, @Nullable String sessionToken) {
  /// Leaves the secrets out.
  @Override
  public String toString() {
    return "Credentials[" + accessKey + "]";
  }
}
