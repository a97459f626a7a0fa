package dev.evenkeel.rpc;

/// Why two nodes do not talk with each other.
///
/// @param byPeer whether the other node refused this one
/// @param sentence one sentence for the operator; the same on both sides
public record Refusal(Reason reason, boolean byPeer, String sentence) {
  /// Declared in the order of the numbers that stand on the wire, from 1.
  public enum Reason {
    /// The two belong to different regions.
    OTHER_REGION,
    /// The other node has this node's own identity: one of the two runs on a copy of the data
    /// directory.
    OWN_IDENTITY,
    /// Another process with the same identity is known, which was started as often: one of them
    /// runs on a copy of the data directory.
    CLONED,
    /// The identity is known from a later start: this is an old copy of its data directory.
    OLDER_LIFE,
    /// Another data directory is connected under the same node number.
    NUMBER_TAKEN,
    /// No protocol version that both speak.
    UNKNOWN_VERSION,
    /// The address leads to another node, or the certificate names another.
    OTHER_NODE
  }

  /// The same, as the other side sees it.
  Refusal fromPeer() {
    return new Refusal(reason, true, sentence);
  }
}
