package dev.evenkeel.model;

/// How the items of a table expire.
///
/// @param attribute holds the second, since 1970, in which an item expires
public record Expiry(String attribute, Status status) {
  /// `name()` is the wire's word; where nothing is kept, DISABLED.
  public enum Status {
    /// Items that were there before are being looked through.
    ENABLING,
    ENABLED,
    /// Until the partitions know it.
    DISABLING
  }

  public Expiry with(Status next) {
    return new Expiry(attribute, next);
  }
}
