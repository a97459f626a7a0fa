package dev.evenkeel.simulation;

/// Unwinds the code of a node at the disk operation at which its machine loses power. It never
/// leaves the simulation: whoever drives the node catches it and crashes the disk.
public final class PowerLoss extends Error {
  private static final long serialVersionUID = 1L;

  PowerLoss() {
    super("the machine lost power", null, false, false);
  }
}
