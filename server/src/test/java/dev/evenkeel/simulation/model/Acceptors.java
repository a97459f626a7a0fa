package dev.evenkeel.simulation.model;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What each node has on its disk: its promise, its votes, where its log begins.
final class Acceptors {
  private final Map<Long, Acceptor> acceptors = new HashMap<>();

  /// A vote; one of [AbstractBallot#NONE] is an entry that was learned and never voted for.
  record Vote(AbstractBallot ballot, long digest) {
    boolean counts() {
      return !ballot.equals(AbstractBallot.NONE);
    }
  }

  /// What a promise reports.
  ///
  /// @param truncated slots up to this are gone from the log
  /// @param votes from the slot on that the candidate asked for
  record Report(long truncated, SortedMap<Long, Vote> votes) {
    boolean isEmptyAbove(long slot) {
      return truncated <= slot && votes.tailMap(slot + 1).values().stream().noneMatch(Vote::counts);
    }
  }

  private static final class Acceptor {
    private AbstractBallot promised = AbstractBallot.NONE;
    private final TreeMap<Long, Vote> votes = new TreeMap<>();
    private long truncated;
    private boolean up = true;
    private boolean gone;
  }

  private Acceptor of(long node) {
    return acceptors.computeIfAbsent(node, _ -> new Acceptor());
  }

  boolean isUp(long node) {
    return of(node).up && !of(node).gone;
  }

  boolean isGone(long node) {
    return of(node).gone;
  }

  AbstractBallot promised(long node) {
    return of(node).promised;
  }

  long truncated(long node) {
    return of(node).truncated;
  }

  boolean holds(long node, long slot, long digest) {
    Vote vote = of(node).votes.get(slot);
    return !of(node).gone && vote != null && vote.digest() == digest;
  }

  void promise(long node, AbstractBallot ballot) {
    of(node).promised = ballot;
  }

  Report report(long node, long from) {
    return new Report(of(node).truncated, new TreeMap<>(of(node).votes.tailMap(from)));
  }

  void vote(long node, long slot, Vote vote) {
    of(node).votes.put(slot, vote);
  }

  /// A chosen entry is kept, which is no vote: the ballot of the node's own vote stays.
  void keep(long node, long slot, long digest) {
    of(node)
        .votes
        .merge(
            slot,
            new Vote(AbstractBallot.NONE, digest),
            (old, _) -> new Vote(old.ballot(), digest));
  }

  void truncate(long node, long slot) {
    Acceptor acceptor = of(node);
    acceptor.truncated = Math.max(acceptor.truncated, slot);
    acceptor.votes.headMap(slot + 1).clear();
  }

  void crash(long node) {
    of(node).up = false;
  }

  void restart(long node) {
    of(node).up = true;
  }

  /// All that is left is the promise.
  void retire(long node, long known) {
    Acceptor acceptor = of(node);
    acceptor.votes.clear();
    acceptor.truncated = Math.max(acceptor.truncated, known);
  }

  void lose(long node) {
    of(node).gone = true;
    of(node).votes.clear();
  }

  /// Forgets votes on slots up to this one, which the chosen log answers for.
  void forget(long slot) {
    acceptors.values().forEach(acceptor -> acceptor.votes.headMap(slot + 1).clear());
  }

  /// Votes in memory.
  int size() {
    return acceptors.values().stream().mapToInt(acceptor -> acceptor.votes.size()).sum();
  }
}
