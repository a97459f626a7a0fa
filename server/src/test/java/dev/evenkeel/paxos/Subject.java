package dev.evenkeel.paxos;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One participant, in whose place a test speaks for all others. What it wants of the world is
/// kept.
final class Subject implements Effects {
  static final long ME = 1;
  static final long B = 2;
  static final long C = 3;
  static final long D = 4;
  static final Configuration THREE = configuration(0, ME, B, C);

  private static final long START = 5_000_000_000L;

  final List<AcceptorRecord> records = new ArrayList<>();
  final List<Sent> sent = new ArrayList<>();
  final List<Entry> chosen = new ArrayList<>();
  final List<Fetch> fetches = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  final Support support;
  final Participant participant;
  long now;

  record Sent(long to, Message message) {}

  Subject(Recovered recovered, boolean waits) {
    this(0, recovered, waits);
  }

  Subject(long group, Recovered recovered, boolean waits) {
    this(group, recovered, new Support(Options.DEFAULT, 7, waits, START), START);
  }

  private Subject(long group, Recovered recovered, Support support, long now) {
    this.support = support;
    this.now = now;
    participant =
        new Participant(
            new Participant.Identity(group, ME),
            recovered,
            Options.DEFAULT,
            support,
            new Participant.Outside(this, new SplittableRandom(1), events::add));
    participant.start(now);
  }

  /// Another replica of the same group in the same life of the node.
  Subject again(Recovered recovered) {
    return new Subject(0, recovered, support, now);
  }

  static Configuration configuration(long generation, long... storage) {
    List<Member> members = new ArrayList<>();
    for (long node : storage) {
      members.add(new Member(node, Member.Kind.STORAGE));
    }
    return new Configuration(generation, members);
  }

  /// Leads a fresh group of three by the promises of itself and B; its barrier, slot 1, is chosen.
  static Subject leader() {
    Subject subject = candidate();
    subject.receive(B, subject.promise(1, 0));
    subject.sync();
    subject.receive(B, subject.accepted(1, 0));
    return subject;
  }

  /// Has asked the others of a fresh group for their promises.
  static Subject candidate() {
    Subject subject = new Subject(Recovered.fresh(THREE), false);
    subject.sync();
    return subject;
  }

  /// A follower in the ballot of B with something accepted.
  static Recovered recovered(Ballot promised, long chosen, Entry... accepted) {
    return new Recovered(promised, 0, 0, THREE, chosen, List.of(accepted), 0, false);
  }

  static Value.Command command(String text) {
    return new Value.Command(text.getBytes(StandardCharsets.UTF_8));
  }

  Ballot ballot() {
    return participant.ballot();
  }

  Message.Promise promise(long from, long chosen, Entry... accepted) {
    return new Message.Promise(ballot(), from, chosen, 0, List.of(accepted), true, 1);
  }

  Message.Accepted accepted(long upTo, long stored) {
    return new Message.Accepted(ballot(), upTo, upTo + 1, false, 0, stored, 1);
  }

  void receive(long from, Message message) {
    participant.receive(from, message, now);
  }

  void sync() {
    participant.durable(records.size(), now);
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  void tick() {
    participant.tick(now);
  }

  /// That node gives this one support, asked for now.
  void isSupportedBy(long node, long epoch) {
    support.received(node, new Support.Supported(support.heartbeat(now).sent(), epoch), now);
  }

  /// This node gives that one support.
  void supports(long node) {
    support.heard(node, new Support.Heartbeat(0, 1), now);
  }

  boolean holdsLease() {
    Lease lease = participant.lease();
    return lease != null && lease.holds(now);
  }

  /// What went to that node since the last look.
  <T extends Message> List<T> take(long to, Class<T> type) {
    List<T> found =
        sent.stream()
            .filter(each -> each.to == to)
            .map(Sent::message)
            .filter(type::isInstance)
            .map(type::cast)
            .toList();
    sent.removeIf(each -> each.to == to && type.isInstance(each.message));
    return found;
  }

  @Override
  public void send(long node, Message message) {
    sent.add(new Sent(node, message));
  }

  @Override
  public void append(AcceptorRecord record) {
    records.add(record);
  }

  @Override
  public void choose(Entry entry) {
    chosen.add(entry);
  }

  @Override
  public void based(long slot, Configuration configuration) {
    events.add("based " + slot);
  }

  @Override
  public void fetch(Fetch purpose, long from, long to) {
    fetches.add(purpose);
  }

  @Override
  public void changed() {}
}
