package dev.evenkeel.rpc;

/// Identities of nodes: the upper 16 bits are the node's number, which is its address, the lower 48
/// the incarnation of its data directory. A node whose disk lost its data comes back under its
/// number with another incarnation.
public final class NodeIdentity {
  /// Numbers are below this.
  public static final int NODES_MAX = 1 << 16;

  private static final int INCARNATION_BITS = 48;
  private static final long INCARNATION_MASK = (1L << INCARNATION_BITS) - 1;

  private NodeIdentity() {}

  /// @param node 0 to [#NODES_MAX], exclusive
  /// @param incarnation 0 to 2^48, exclusive
  public static long of(int node, long incarnation) {
    if (node < 0 || node >= NODES_MAX || (incarnation & ~INCARNATION_MASK) != 0) {
      throw new IllegalArgumentException("no identity: node " + node + ", " + incarnation);
    }
    return (long) node << INCARNATION_BITS | incarnation;
  }

  public static int node(long identity) {
    return (int) (identity >>> INCARNATION_BITS);
  }

  public static long incarnation(long identity) {
    return identity & INCARNATION_MASK;
  }

  /// For people: `3-00000000002a`.
  public static String text(long identity) {
    String digits = Long.toHexString(incarnation(identity) | 1L << INCARNATION_BITS);
    return node(identity) + "-" + digits.substring(1);
  }
}
