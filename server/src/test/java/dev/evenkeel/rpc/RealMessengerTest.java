package dev.evenkeel.rpc;

/// The contract over sockets.
class RealMessengerTest extends MessengerContract {
  @Override
  MessengerWorld open() {
    return new RealWorld(node -> null);
  }
}
