package dev.evenkeel.rpc;

/// What a messenger has until somebody wants to hear of peers.
final class NobodyListens implements PeerListener {
  @Override
  public void connected(long identity) {}

  @Override
  public void disconnected(long identity) {}
}
