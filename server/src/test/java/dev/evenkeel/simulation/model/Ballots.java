package dev.evenkeel.simulation.model;

import dev.evenkeel.simulation.model.Acceptors.Report;
import dev.evenkeel.simulation.model.Acceptors.Vote;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was said in each ballot: promises with their reports, entries proposed, votes.
final class Ballots {
  /// Ballots that are remembered at least; messages of older ones are history.
  private static final int KEPT = 64;

  private final TreeMap<AbstractBallot, Campaign> campaigns = new TreeMap<>();

  /// The ballot that a node campaigns with or leads.
  private final Map<Long, AbstractBallot> leading = new HashMap<>();

  /// All that was said in one ballot.
  static final class Campaign {
    private final long from;
    private final Map<Long, Report> reports = new HashMap<>();
    private final TreeMap<Long, Long> proposals = new TreeMap<>();
    private final TreeMap<Long, Set<Long>> votes = new TreeMap<>();
    private boolean settled;

    private Campaign(long from) {
      this.from = from;
    }

    long from() {
      return from;
    }

    boolean hasReport(long node) {
      return reports.containsKey(node);
    }

    void report(long node, Report report) {
      reports.put(node, report);
    }

    @Nullable Long proposal(long slot) {
      return proposals.get(slot);
    }

    void propose(long slot, long digest) {
      proposals.put(slot, digest);
    }

    boolean voted(long slot, long node) {
      return votes.getOrDefault(slot, Set.of()).contains(node);
    }

    void vote(long slot, long node) {
      votes.computeIfAbsent(slot, _ -> new HashSet<>()).add(node);
    }

    /// Whether a quorum's reports leave the proposer free in that slot.
    boolean isFree(AbstractConfiguration configuration, long slot) {
      return configuration.quorums().stream()
          .anyMatch(quorum -> answers(quorum, slot) && highest(quorum, slot) == null);
    }

    /// Whether some quorum's reports make this the entry that must be proposed again.
    boolean isReported(AbstractConfiguration configuration, long slot, long digest) {
      return configuration.quorums().stream()
          .filter(quorum -> answers(quorum, slot))
          .map(quorum -> highest(quorum, slot))
          .anyMatch(vote -> vote != null && vote.digest() == digest);
    }

    /// Whether nothing that was chosen in a lower ballot is hidden from the leader: it is settled
    /// for good, since all that comes behind is its own (R2).
    boolean isSettled() {
      return settled;
    }

    /// The leader has applied everything up to that slot: it is settled if a quorum of the
    /// configuration in force behind it reported nothing above.
    void settle(AbstractConfiguration configuration, long slot) {
      settled =
          configuration.isQuorum(node -> {
            Report report = reports.get(node);
            return report != null && report.isEmptyAbove(slot);
          });
    }

    /// "Truncated" is no answer about a slot (R4).
    private boolean answers(Set<Long> quorum, long slot) {
      return quorum.stream()
          .map(reports::get)
          .allMatch(report -> report != null && report.truncated() < slot);
    }

    private @Nullable Vote highest(Set<Long> quorum, long slot) {
      return reports.entrySet().stream()
          .filter(entry -> quorum.contains(entry.getKey()))
          .map(entry -> entry.getValue().votes().get(slot))
          .filter(vote -> vote != null && vote.counts())
          .max(Comparator.comparing(Vote::ballot))
          .orElse(null);
    }
  }

  @Nullable Campaign campaign(AbstractBallot ballot) {
    return campaigns.get(ballot);
  }

  /// Whether somebody campaigns, or has, with a higher ballot.
  boolean isOvertaken(AbstractBallot ballot) {
    return !campaigns.isEmpty() && ballot.isBelow(campaigns.lastKey());
  }

  Campaign begin(AbstractBallot ballot, long from) {
    Campaign campaign = new Campaign(from);
    campaigns.put(ballot, campaign);
    leading.put(ballot.node(), ballot);
    if (campaigns.size() > 2 * KEPT) {
      Set<AbstractBallot> led = new HashSet<>(leading.values());
      AbstractBallot oldest = campaigns.keySet().stream().skip(KEPT).findFirst().orElseThrow();
      campaigns.headMap(oldest).keySet().removeIf(old -> !led.contains(old));
    }
    return campaign;
  }

  /// What that node campaigns with or leads; null for nothing.
  @Nullable AbstractBallot led(long node) {
    return leading.get(node);
  }

  /// Who campaigns or leads, as far as they know.
  Set<Long> leaders() {
    return leading.keySet();
  }

  boolean leads(AbstractBallot ballot) {
    return ballot.equals(led(ballot.node()));
  }

  /// The node leads no more, unless it is this ballot.
  void stepDown(long node, AbstractBallot taken) {
    if (taken.node() != node) {
      leading.remove(node);
    }
  }

  void stop(long node) {
    leading.remove(node);
  }

  /// Forgets what was proposed for slots up to this one.
  void forget(long slot) {
    for (Campaign campaign : campaigns.values()) {
      campaign.proposals.headMap(slot + 1).clear();
      campaign.votes.headMap(slot + 1).clear();
    }
  }

  /// Whether that slot has the votes of a quorum in that campaign.
  static boolean isChosen(Campaign campaign, long slot, AbstractConfiguration configuration) {
    return configuration.isQuorum(node -> campaign.voted(slot, node));
  }
}
