package dev.evenkeel.replica;

import dev.evenkeel.paxos.Configuration;
import dev.evenkeel.paxos.Member;
import dev.evenkeel.paxos.Participant;
import dev.evenkeel.rpc.CallOutcome;
import dev.evenkeel.rpc.NodeIdentity;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps the groups that this node leads whole: puts a log replica in the place of a member that
/// has failed, and a storage replica in the place of the log replica once its state is rebuilt.
///
/// ```
/// member silent ─▶ open a replica on a spare node ─▶ it hears of the log ─▶ replace (log replica)
///               ─▶ it restores itself ─▶ storage replica
/// ```
///
/// Each look takes every group a step further; there is no state that has to survive.
public final class Healing implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);

  /// In case that nobody said what has changed.
  private static final Duration LOOK_AT_ALL = Duration.ofSeconds(30);

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(2);

  /// A log replica may lack so many slots when it becomes a member.
  private static final long LAG_MAX = 64;

  private final NodeParts node;
  private final Map<Long, StorageReplica> replicas;
  private final Zones zones;
  private final long failedAfterNanos;

  /// When a node was last known to be alive. Any thread.
  private final Map<Long, Long> alive = new ConcurrentHashMap<>();

  /// Group → the node that is about to become a member.
  private final Map<Long, Long> joining = new ConcurrentHashMap<>();

  /// Groups that were not looked at since something changed. Any thread.
  private final Set<Long> changed = ConcurrentHashMap.newKeySet();

  /// Groups led here that are not whole, and those that wait here for a storage replica's place, as
  /// of the last look. The look's, of which there is one at a time.
  private final Set<Long> caring = new TreeSet<>();

  /// Set by the ticker, unset by the look.
  private volatile boolean looking;

  /// Whether there were any. Any thread.
  private volatile boolean cares;

  /// Nodes that have failed. Any thread.
  private volatile Set<Long> failed = Set.of();

  // The ticker's.

  private Set<Long> seen = Set.of();
  private long nextLook;
  private long nextLookAtAll;

  /// Wants the stores of this node to be durable soon.
  private final Runnable checkpoint;

  private volatile boolean closed;

  Healing(
      NodeParts node,
      Map<Long, StorageReplica> replicas,
      Zones zones,
      StorageOptions options,
      Runnable checkpoint) {
    this.checkpoint = checkpoint;
    this.node = node;
    this.replicas = replicas;
    this.zones = zones;
    this.failedAfterNanos = options.failedAfter().toNanos();
    this.nextLook = node.environment().clock().monotonicNanos();
    this.nextLookAtAll = nextLook;
  }

  @Override
  public void close() {
    closed = true;
  }

  /// Groups in which a member is being replaced or rebuilt, as this node leads them.
  public Set<Long> underWay() {
    Set<Long> groups = new HashSet<>(joining.keySet());
    for (StorageReplica replica : replicas.values()) {
      if (replica.serves() && !isWhole(replica.configuration())) {
        groups.add(replica.group());
      }
    }
    return groups;
  }

  /// Groups led here that lack a storage replica: a member has failed, whether or not a node is
  /// there to take its place, or a log replica holds that.
  public Set<Long> lacking() {
    Set<Long> groups = new HashSet<>();
    for (StorageReplica replica : replicas.values()) {
      if (replica.serves() && lacks(replica.configuration())) {
        groups.add(replica.group());
      }
    }
    return groups;
  }

  private static boolean isWhole(Configuration configuration) {
    return configuration.members().stream()
        .allMatch(member -> member.kind() == Member.Kind.STORAGE);
  }

  /// A member says that it has no replica: it never had, or the request to open it was lost.
  void missing(StorageReplica replica, long member) {
    replica.step(now -> {
      Participant participant = replica.participant();
      boolean neverLed = participant.configuration().generation() == 0 && participant.last() == 0;
      if ((participant.leads() || neverLed) && participant.configuration().contains(member)) {
        open(replica, member);
      }
    });
  }

  /// The replica's leader, configuration or state is another: the next look takes it in.
  void changed(StorageReplica replica) {
    changed.add(replica.group());
  }

  /// Looks, if it is time: at the groups that need care and at those that have changed; at all of
  /// them when a node fails or comes, and now and then. So idle groups cost next to nothing. The
  /// ticker's, which does not wait for it.
  ///
  /// @return nanoseconds until it is time for a look that cannot wait for a heartbeat;
  ///   [Long#MAX_VALUE] when no group needs care
  long look(long now) {
    if (closed) {
      return Long.MAX_VALUE;
    }
    if (now - nextLook >= 0 && !looking) {
      nextLook = now + LOOK.toNanos();
      boolean all = isNews(now) || now - nextLookAtAll >= 0;
      if (all) {
        nextLookAtAll = now + LOOK_AT_ALL.toNanos();
      }
      if (all || cares || !changed.isEmpty()) {
        looking = true;
        node.environment().tasks().fork("healing", () -> look(all, now));
      }
    }
    boolean isDue = looking || cares;
    return isDue ? Math.max(nextLook - now, Ticker.TICK.toNanos()) : Long.MAX_VALUE;
  }

  /// Whether a node has failed or come since the last look.
  private boolean isNews(long now) {
    Set<Long> connected = node.messenger().connected();
    connected.forEach(peer -> {
      if (node.support().isHeld(peer, now)) {
        alive.put(peer, now);
      }
    });
    Set<Long> failedNow = new TreeSet<>(alive.keySet());
    failedNow.removeIf(each -> !hasFailed(each, now));
    boolean isNews = !failedNow.equals(failed) || !connected.equals(seen);
    failed = failedNow;
    seen = connected;
    return isNews;
  }

  private void look(boolean all, long now) {
    if (all) {
      caring.clear();
      replicas.values().forEach(each -> suspect(each, now));
    }
    for (long group : List.copyOf(changed)) {
      changed.remove(group);
      suspect(replicas.get(group), now);
    }
    for (long group : List.copyOf(caring)) {
      StorageReplica replica = replicas.get(group);
      if (replica != null && replica.progress().awaitsPlace()) {
        if (replica.progress().awaitsFlush()) {
          checkpoint.run();
        }
      } else if (replica != null && needsCare(replica, now)) {
        replica.step(at -> care(replica, at));
      } else {
        caring.remove(group);
        joining.remove(group);
      }
    }
    cares = !caring.isEmpty();
    looking = false;
  }

  private void suspect(@Nullable StorageReplica replica, long now) {
    if (replica != null && (replica.progress().awaitsPlace() || needsCare(replica, now))) {
      caring.add(replica.group());
    }
  }

  private boolean needsCare(StorageReplica replica, long now) {
    if (replica.leader() != node.self()) {
      return false;
    }
    Configuration configuration = replica.configuration();
    // One that was never heard counts as alive from here on, and may fail then.
    configuration.members().forEach(member -> alive.putIfAbsent(member.node(), now));
    return lacks(configuration);
  }

  /// Whether a log replica holds a place, or a member has failed, as of the last look.
  private boolean lacks(Configuration configuration) {
    return !isWhole(configuration)
        || configuration.members().stream().anyMatch(member -> failed.contains(member.node()));
  }

  /// A node that is silent for too long; or whose place another incarnation has taken.
  private boolean hasFailed(long member, long now) {
    if (member == node.self()) {
      return false;
    }
    boolean replaced =
        node.messenger().connected().stream()
            .anyMatch(
                peer -> peer != member && NodeIdentity.node(peer) == NodeIdentity.node(member));
    long seen = alive.computeIfAbsent(member, _ -> now);
    return replaced || now - seen > failedAfterNanos;
  }

  /// On the replica's serial executor.
  private void care(StorageReplica replica, long now) {
    Participant participant = replica.participant();
    if (!participant.leads() || participant.lease() == null) {
      joining.remove(replica.group());
      return;
    }
    Configuration configuration = participant.configuration();
    for (Member member : configuration.members()) {
      if (member.kind() == Member.Kind.LOG) {
        // What it said of its store may be lost, or is of an earlier leader's time: it is asked.
        participant.join(member.node(), now);
      }
      if (member.kind() == Member.Kind.LOG && participant.storedBy(member.node()) > 0) {
        Member whole = new Member(member.node(), Member.Kind.STORAGE);
        if (participant.reconfigure(configuration.with(whole), now) > 0) {
          node.probes().hit("replica.storage-replica-back");
        }
        return;
      }
    }
    configuration.members().stream()
        .filter(member -> hasFailed(member.node(), now))
        .findFirst()
        .ifPresentOrElse(
            failed -> replace(replica, failed, now), () -> joining.remove(replica.group()));
  }

  private void replace(StorageReplica replica, Member failed, long now) {
    Participant participant = replica.participant();
    Configuration configuration = participant.configuration();
    @Nullable Long spare = joining.get(replica.group());
    if (spare == null || hasFailed(spare, now) || configuration.contains(spare)) {
      Optional<Long> found = spare(configuration, failed.node());
      if (found.isEmpty()) {
        return;
      }
      spare = found.get();
      joining.put(replica.group(), spare);
    }
    long lag = participant.lag(spare);
    if (lag < 0) {
      open(replica, spare);
    } else if (lag <= LAG_MAX) {
      Member log = new Member(spare, Member.Kind.LOG);
      if (participant.reconfigure(configuration.replacing(failed.node(), log), now) > 0) {
        joining.remove(replica.group());
        node.probes().hit("replica.log-replica-in-place");
      }
    }
  }

  /// A node without a replica of the group: in the zone of the one that failed, else in a zone that
  /// has none, else any.
  private Optional<Long> spare(Configuration configuration, long failed) {
    List<String> taken =
        configuration.members().stream()
            .filter(member -> member.node() != failed)
            .map(member -> zones.of(member.node()))
            .toList();
    return node.messenger().connected().stream()
        .filter(peer -> !configuration.contains(peer) && !zones.of(peer).isEmpty())
        .min(
            Comparator.comparing((Long peer) -> !zones.of(peer).equals(zones.of(failed)))
                .thenComparing(peer -> taken.contains(zones.of(peer)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// Opens a replica there, which then hears of the log.
  private void open(StorageReplica replica, long to) {
    Participant participant = replica.participant();
    long slot = participant.joinBase();
    boolean joins = slot > 0 || !participant.configuration().contains(to);
    NodeMessage.Open open =
        new NodeMessage.Open(replica.group(), slot, joins, participant.configuration());
    node.messenger()
        .call(
            to,
            open,
            OPEN_WITHIN,
            outcome -> {
              if (outcome instanceof CallOutcome.Answered<NodeMessage>(var answer)
                  && answer instanceof NodeMessage.Done(var problem)
                  && problem.isEmpty()) {
                replica.step(now -> participant.join(to, now));
              }
            });
  }
}
