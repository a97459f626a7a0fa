package dev.evenkeel.paxos;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The members of a replication group from one slot on.
///
/// @param generation 0 for the first configuration of a group; each next one is one higher
/// @param members ordered by node, no node twice
public record Configuration(long generation, List<Member> members) {
  public Configuration {
    members = members.stream().sorted(Comparator.comparingLong(Member::node)).toList();
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a configuration has members");
    }
    if (members.stream().map(Member::node).distinct().count() != members.size()) {
      throw new IllegalArgumentException("a node is a member once: " + members);
    }
  }

  /// The first configuration of a group.
  public static Configuration first(List<Member> members) {
    return new Configuration(0, members);
  }

  public int quorum() {
    return members.size() / 2 + 1;
  }

  /// Whether the members that pass make a quorum. Nobody else counts.
  public boolean isQuorum(LongPredicate has) {
    int count = 0;
    for (Member member : members) {
      if (has.test(member.node())) {
        count++;
      }
    }
    return count >= quorum();
  }

  public boolean contains(long node) {
    return member(node) != null;
  }

  public @Nullable Member member(long node) {
    for (Member member : members) {
      if (member.node() == node) {
        return member;
      }
    }
    return null;
  }

  /// Whether that node holds the group's items, as far as membership goes.
  public boolean isStorage(long node) {
    Member member = member(node);
    return member != null && member.kind() == Member.Kind.STORAGE;
  }

  /// The configuration after this one with a member more, or with another kind of it.
  public Configuration with(Member added) {
    Set<Member> next = new HashSet<>(members);
    next.removeIf(member -> member.node() == added.node());
    next.add(added);
    return new Configuration(generation + 1, List.copyOf(next));
  }

  /// The configuration after this one without that node.
  public Configuration without(long removed) {
    return new Configuration(
        generation + 1, members.stream().filter(member -> member.node() != removed).toList());
  }

  /// The configuration after this one with one member in another's place.
  public Configuration replacing(long removed, Member added) {
    return new Configuration(generation + 1, without(removed).with(added).members());
  }

  /// Whether an entry may lead from `this` to `next`: it adds, removes or replaces one member, or
  /// makes one the other kind, and a member that can lead is among them.
  boolean mayBecome(Configuration next) {
    Set<Long> gone = nodes();
    gone.removeAll(next.nodes());
    Set<Long> come = next.nodes();
    come.removeAll(nodes());
    long converted =
        members.stream()
            .filter(member -> next.contains(member.node()) && !next.members.contains(member))
            .count();
    boolean swaps = gone.size() <= 1 && come.size() <= 1 && gone.size() + come.size() > 0;
    boolean isOneApart = swaps ? converted == 0 : gone.size() + come.size() == 0 && converted == 1;
    boolean leads = next.members.stream().anyMatch(m -> m.kind() == Member.Kind.STORAGE);
    return next.generation == generation + 1 && isOneApart && leads;
  }

  private Set<Long> nodes() {
    Set<Long> nodes = new HashSet<>();
    members.forEach(member -> nodes.add(member.node()));
    return nodes;
  }
}
