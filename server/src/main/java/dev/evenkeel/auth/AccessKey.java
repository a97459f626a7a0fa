package dev.evenkeel.auth;

import java.time.Instant;

/// An access key: public id and secret.
///
/// @param created when it was added, to the second
public record AccessKey(String id, String secret, Instant created) {
  /// Leaves the secret out.
  @Override
  public String toString() {
    return "AccessKey[" + id + ", created " + created + "]";
  }
}
