package dev.evenkeel.simulation.fault;

import dev.evenkeel.paxos.Member;
import dev.evenkeel.replica.StorageNode;
import dev.evenkeel.replica.StorageReplica;
import dev.evenkeel.simulation.ZonedNode;
import dev.evenkeel.simulation.ZonedRegion;
import java.util.List;
import java.util.random.RandomGenerator;

/// Leaders are asked to hand over to another member.
public final class Transfers implements RegionFault {
  @Override
  public void begin(ZonedRegion region, long meanNanos) {
    RandomGenerator random = region.simulator().stream("transfers");
    region.strike(
        "transfer",
        meanNanos,
        () -> {
          for (ZonedNode node : region.nodes()) {
            StorageNode storage = node.storage();
            if (storage != null) {
              storage.replicas().stream()
                  .filter(StorageReplica::serves)
                  .forEach(replica -> transfer(replica, random));
            }
          }
          region.hit("simulation.transfer-asked-for");
        });
  }

  private static void transfer(StorageReplica replica, RandomGenerator random) {
    List<Member> members = replica.configuration().members();
    replica.transfer(members.get(random.nextInt(members.size())).node());
  }
}
