package dev.evenkeel.rpc;

/// Bounds on what one peer may cost.
///
/// @param callsMax calls to one peer that wait for their answer; as many requests of one peer may
///   wait here for theirs
/// @param callBytesMax bytes of the requests of those calls, where messages become bytes
/// @param inboxMax messages and requests that wait for one receiver in the same process
public record RpcLimits(int callsMax, long callBytesMax, int inboxMax) {
  public static final RpcLimits DEFAULT = new RpcLimits(8_192, 64L << 20, 16_384);

  public RpcLimits {
    if (callsMax < 1 || callBytesMax < 1 || inboxMax < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
  }
}
