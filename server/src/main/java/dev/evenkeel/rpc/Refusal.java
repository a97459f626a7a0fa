package dev.evenkeel.rpc;

/// Why two nodes do not talk with each other.
///
/// @param byPeer whether the other node refused this one
/// @param sentence one sentence for the operator; the same on both sides
public record Refusal(Reason reason, boolean byPeer, String sentence) {
  /// Reasons with their numbers on the wire.
  public enum Reason {
    /// The two belong to different regions.
    OTHER_REGION(1),
    /// The other node has this node's own identity: one of the two runs on a copy of the data
    /// directory.
    OWN_IDENTITY(2),
    /// Another process with the same identity is known, which was started as often, or less often
    /// and is still heard: one of them runs on a copy of the data directory.
    CLONED(3),
    /// The identity is known from a later start: this is an old copy of its data directory.
    OLDER_LIFE(4),
    /// Another data directory is connected under the same node number.
    NUMBER_TAKEN(5),
    /// No protocol version that both speak.
    UNKNOWN_VERSION(6),
    /// The address leads to another node, or the certificate names another.
    OTHER_NODE(7);

    private final int number;

    Reason(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    /// A reason that this program does not know comes from a newer one.
    static Reason of(int number) {
      for (Reason reason : values()) {
        if (reason.number == number) {
          return reason;
        }
      }
      return UNKNOWN_VERSION;
    }
  }
}
