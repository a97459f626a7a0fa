package dev.evenkeel.rpc;

/// The contract over the simulated network.
class SimulatedMessengerTest extends MessengerContract {
  @Override
  MessengerWorld open() {
    return new SimulatedWorld(1);
  }
}
