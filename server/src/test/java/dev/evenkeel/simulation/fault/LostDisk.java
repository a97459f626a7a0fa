package dev.evenkeel.simulation.fault;

import dev.evenkeel.replica.NodeMessage;
import dev.evenkeel.simulation.ZonedRegion;
import dev.evenkeel.simulation.invariant.ReplicasAgree;
import java.util.random.RandomGenerator;

/// A node loses its disk for good and comes back with an empty one, as another incarnation. Only
/// while every group is whole: of a group's three places one may be lost until it is healed. What
/// its replicas are rebuilt from is damaged now and then.
public final class LostDisk implements RegionFault {
  private static final int DAMAGED_ONE_IN = 10;

  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("lost disk");
    ReplicasAgree agreement = new ReplicasAgree(region);
    region.strike(
        "disk lost",
        meanNanos,
        () -> {
          if (agreement.isWhole()) {
            region.any(random).loseDisk();
            region.hit("simulation.disk-lost");
          }
        });
    RandomGenerator damage = region.simulator().stream("damaged pieces");
    region.whenReceived(message -> {
      if (message instanceof NodeMessage.Piece piece
          && piece.pairs().length > 0
          && damage.nextInt(DAMAGED_ONE_IN) == 0) {
        region.hit("simulation.piece-damaged");
        return damaged(piece);
      }
      return message;
    });
  }

  /// The piece with another last byte.
  public static NodeMessage.Piece damaged(NodeMessage.Piece piece) {
    byte[] pairs = piece.pairs().clone();
    pairs[pairs.length - 1] ^= 1;
    return new NodeMessage.Piece(
        piece.problem(), piece.applied(), piece.totals(), pairs, piece.next(), piece.checksum());
  }
}
