package dev.evenkeel.paxos.world;

import dev.evenkeel.simulation.campaign.BugHunt;
import dev.evenkeel.simulation.campaign.PlantedBug;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bugs of the protocol that somebody could write, or has written. Each is planted alone; none may
/// survive.
final class ProtocolBugs {
  private static final List<String> UNIT_TESTS =
      List.of(
          "LawsTest", "SupportTest", "AcceptorTest", "CandidateTest", "LeaderTest", "FollowerTest");

  static final List<PlantedBug> ALL =
      List.of(
          // What is open.
          bug(
              "takes proposals however much is open",
              "Participant",
              "return role instanceof Leader leader && !leader.hasRoom();",
              "return false;"),
          bug("counts as open what is chosen", "Learner", "      log.chosen(chosen);\n", ""),
          // Durability.
          bug(
              "acknowledges before the entry is durable",
              "Acceptor",
              "    for (Pending next = pending.peek(); next != null && next.record <= records; ) {",
              "    for (Pending next = pending.peek(); next != null; ) {"),
          bug(
              "tells of a promise before it is durable",
              "Acceptor",
              "    return durable >= promiseRecord;",
              "    return durable >= 0;"),
          bug(
              "does not record its promise",
              "Acceptor",
              "    append(new AcceptorRecord.Promised(ballot));\n    promiseRecord = appended;",
              "    promiseRecord = appended;"),
          bug(
              "forgets at a restart what it promised",
              "Participant",
              "new Acceptor(this, log, learner, recovered.promised())",
              "new Acceptor(this, log, learner, Ballot.NONE)"),
          bug(
              "asks for promises before its own is durable",
              "Candidate",
              "    me.acceptor.promise(ballot);\n  }",
              "    me.acceptor.promise(ballot);\n    promises.put(me.self, new Collected());\n"
                  + "    ask(since);\n    promises.remove(me.self);\n  }"),
          bug(
              "a leader counts itself before its entry is durable",
              "Leader",
              "      return me.acceptor.contiguousDurable();",
              "      return me.acceptor.contiguous();"),
          bug(
              "begins a log anew without a record of it",
              "Acceptor",
              "      append(new AcceptorRecord.Based(base.slot(), base.configuration()));\n",
              ""),
          // Quorums.
          bug(
              "counts an acknowledgement of an older ballot",
              "Leader",
              "    if (!accepted.ballot().equals(ballot) || progress == null) {",
              "    if (progress == null) {"),
          bug(
              "counts a promise of an older ballot",
              "Candidate",
              "    if (!promise.ballot().equals(ballot) || !isAsking()) {",
              "    if (!isAsking()) {"),
          bug(
              "a quorum is one member short",
              "Configuration",
              "    return members.size() / 2 + 1;",
              "    return Math.max(1, members.size() / 2);"),
          bug(
              "counts promises of whoever answers",
              "Candidate",
              "      if (!configuration.isQuorum(this::isComplete)) {",
              "      if (promises.values().stream().filter(each -> each.complete).count()\n"
                  + "          < configuration.quorum()) {"),
          bug(
              "counts acknowledgements of whoever answers",
              "Leader",
              "    List<Member> members = me.configurations.current().members();\n"
                  + "    long[] matches",
              """
              List<Member> members =
                  java.util.stream.Stream.concat(
                          me.configurations.current().members().stream(),
                          others.keySet().stream()
                              .filter(n -> !me.configurations.current().contains(n))
                              .map(n -> new Member(n, Member.Kind.LOG)))
                      .toList();
              long[] matches\
              """),
          bug(
              "one acknowledgement is enough",
              "Leader",
              "matches[matches.length - me.configurations.current().quorum()]",
              "matches[matches.length - 1]"),
          bug(
              "an acknowledgement counts though something before it is missing",
              "Acceptor",
              "            contiguousDurable,\n            contiguous + 1,",
              "            sawGap ? contiguousDurable + 1 : contiguousDurable,\n"
                  + "            contiguous + 1,"),
          bug(
              "accepts entries behind a gap",
              "Acceptor",
              "    if (accept.first() > contiguous + 1) {",
              "    if (accept.first() > log.last() + 1) {"),
          bug(
              "accepts in a ballot below its promise",
              "Acceptor",
              "    if (ballot.isBelow(promised)) {\n      me.effects.send(from,"
                  + " new Message.Reject(ballot, promised, false));\n      return false;\n    }\n"
                  + "    if (ballot.isAbove(promised)) {",
              "    if (ballot.isAbove(promised)) {"),
          // Phase 1.
          bug(
              "takes any reported value, not that of the highest ballot",
              "Candidate",
              "entry.ballot().isAbove(known.ballot())",
              "known.ballot().isAbove(entry.ballot())"),
          bug(
              "does not propose again what was reported",
              "Leader",
              "entry == null ? new Value.Noop() : entry.value()",
              "new Value.Noop()"),
          bug(
              "a member's own log is no report",
              "Candidate",
              "      own.accepted.addAll(me.log.from(from(), me.log.last(), Integer.MAX_VALUE));\n",
              ""),
          bug(
              "takes a promise in pieces for whole",
              "Candidate",
              "    collected.complete = promise.last() && whole;",
              "    collected.complete = whole;"),
          bug(
              "reads 'truncated' as 'empty'",
              "Candidate",
              "    if (promise.truncated() >= from()) {",
              "    if (promise.truncated() < 0) {"),
          bug(
              "asks no quorum of a configuration that was reported",
              "Candidate",
              "    for (Configuration configuration : binding(chosen)) {",
              "    for (Configuration configuration : List.of(me.configurations.current())) {"),
          bug(
              "takes what one member accepted for chosen",
              "Candidate",
              "    collected.chosen = promise.chosen();",
              """
              List<Entry> all = promise.accepted();
              collected.chosen = all.isEmpty() ? promise.chosen() : all.getLast().slot();\
              """),
          // Learning.
          bug(
              "takes its own entry for chosen, whatever its ballot",
              "Acceptor",
              "      learn(Math.min(accept.chosen(), contiguous), now);",
              "      learn(Math.min(accept.chosen(), log.last()), now);"),
          bug(
              "counts entries of an older ballot as accepted in this one",
              "Acceptor",
              "    sawGap = false;\n    append(new AcceptorRecord.Promised(ballot));",
              "    sawGap = false;\n    contiguous = log.last();\n"
                  + "    append(new AcceptorRecord.Promised(ballot));"),
          bug(
              "a base overwrites a newer state",
              "Acceptor",
              "    if (base.slot() > learner.chosen()) {",
              "    if (base.slot() >= 0) {"),
          bug(
              "a base says nothing of the configuration",
              "Acceptor",
              "      me.configurations.based(base.slot(), base.configuration());\n",
              ""),
          bug(
              "a base leaves the store valid",
              "Participant",
              "    restoring = true;",
              "    restoring = restoring || slot < 0;"),
          bug(
              "a base reaches past what the log has forgotten",
              "Leader",
              "    long slot = Math.max(me.log.truncated(), me.configurations.slot());\n"
                  + "    progress.sent(slot, now);",
              "    long slot = me.log.last();\n    progress.sent(slot, now);"),
          // Configurations.
          bug(
              "proposes past a configuration that is not chosen",
              "Leader",
              "    return barrier != 0 && openConfiguration == 0 && !transfer.isUnderWay();",
              "    return barrier != 0 && !transfer.isUnderWay();"),
          bug(
              "sends what its log holds of lower ballots",
              "Leader",
              "    long proposed = me.acceptor.contiguous();",
              "    long proposed = me.log.last();"),
          bug(
              "takes in who has not taken its ballot",
              "Leader",
              "contains(node) || (progress != null && progress.heard);",
              "contains(node) || node != 0;"),
          bug(
              "proposes again past a configuration that is not chosen",
              "Leader",
              "    while (openConfiguration == 0 && !reported.isEmpty()) {",
              "    while (!reported.isEmpty()) {"),
          bug(
              "proposes a configuration while slots below it are open",
              "Leader",
              "    if (isWaiting && change != null && me.learner.chosen() == me.log.last()) {",
              "    if (isWaiting && change != null) {"),
          bug(
              "changes two members at once",
              "Configuration",
              "gone.size() <= 1 && come.size() <= 1 && gone.size() + come.size() > 0",
              "gone.size() <= 2 && come.size() <= 2 && gone.size() + come.size() > 0"),
          bug(
              "a log replica is elected",
              "Participant",
              "    return able && !restoring && configurations.current().isStorage(self);",
              "    return configurations.current().contains(self);"),
          bug(
              "gives a store to a member that lacks what log replicas forgot",
              "Leader",
              "progress.stored >= forgottenAtMost()",
              "progress.stored >= 0"),
          bug(
              "log replicas forget what one store still lacks",
              "Leader",
              "        least = Math.min(least, progress == null ? 0 : progress.stored);",
              "        least = Math.max(least, progress == null ? 0 : progress.stored);"),
          bug(
              "gives a store to a member that has stored nothing",
              "Leader",
              "            && progress.stored > 0\n",
              ""),
          bug(
              "a member without a durable state says that it has stored where its log begins",
              "Participant",
              "    this.stored = restoring ? 0 : recovered.applied();",
              "    this.stored = recovered.applied();"),
          bug(
              "a member that waits for a snapshot says that it has stored",
              "Participant",
              "    restoring = true;\n    stored = 0;",
              "    restoring = true;"),
          // Leases and support.
          bug(
              "time of support counts from the answer",
              "Support",
              "      long until = supported.sent + options.heldNanos();",
              "      long until = lastSent + options.heldNanos();"),
          bug(
              "no margin for drift",
              "Options",
              "    return lease.toNanos() / (100 + DRIFT_PERCENT) * (100 - DRIFT_PERCENT);",
              "    return lease.toNanos();"),
          bug(
              "support that lapsed is revived under its epoch",
              "Support",
              "        peer.epoch++;\n",
              ""),
          bug(
              "the epoch of support is not compared",
              "Lease",
              "held.epoch() == epochs[i] && held.isHeld(now)",
              "held.isHeld(now)"),
          bug(
              "support that was missed for a while comes back unnoticed",
              "Support",
              "      return renewed || (!wasHeld && peer.held.isHeld(now));",
              "      return renewed;"),
          bug(
              "a lapse of what began after the last look is not seen",
              "Support",
              "    return peer.lookedStands ? isAnother || !stands : isAnother && !stands;",
              "    return peer.lookedStands && (isAnother || !stands);"),
          bug(
              "epochs begin anew with each life",
              "Support",
              "      peer.epoch = life << LIFE_SHIFT;",
              "      peer.epoch = 0;"),
          bug(
              "a restarted node does not wait",
              "Support",
              "    return !waits || now - mayPromiseFrom >= 0;",
              "    return true;"),
          bug(
              "a replica that comes again is bound by nothing",
              "Acceptor",
              "isAnothers ? me.support.epochFor(promised.node()) : TOLD_NOTHING",
              "isAnothers ? TOLD_NOTHING : TOLD_NOTHING"),
          bug(
              "promises another's ballot while its support stands",
              "Acceptor",
              "    return !me.support.mayPromise(now) || hearsOwner(now);",
              "    return !me.support.mayPromise(now);"),
          bug(
              "accepts another's ballot while its support stands",
              "Acceptor",
              "      if (isBound(ballot.node(), null, now)) {",
              "      if (isBound(ballot.node(), ballot, now) && released) {"),
          bug(
              "campaigns while its support stands",
              "Follower",
              "      if (me.acceptor.isBound(me.self, null, now)) {",
              "      if (me.acceptor.isBound(me.self, null, now) && lostAt < 0) {"),
          bug(
              "a leader promises in its own lease",
              "Acceptor",
              "    return owner == me.self ? me.holdsLease(now) :",
              "    return owner == me.self ? false :"),
          bug("a lease outlives its office", "Lease", "    ended = true;", "    ended = false;"),
          bug(
              "a lease outlives a change of the configuration",
              "Leader",
              "      if (reconfigured || me.lease() == null) {",
              "      if (me.lease() == null) {"),
          bug(
              "leadership is handed over and the lease kept",
              "Participant",
              "    role = next;\n    endLease();",
              "    role = next;\n    if (lease != null && !next.contacts().isEmpty()) {\n"
                  + "      endLease();\n    }"),
          bug(
              "a ballot that was given up is led on",
              "Participant",
              "    boolean holds = mine && ballot.equals(acceptor.promised())"
                  + " && !(role instanceof Follower);",
              "    boolean holds = false;"),
          bug(
              "serves before its barrier is chosen",
              "Leader",
              "    if (barrier == 0 || me.learner.chosen() < barrier) {\n      return;\n    }\n"
                  + "    Configuration current",
              "    Configuration current"),
          bug(
              "puts the barrier below what was reported",
              "Leader",
              "            barrier,\n            current.quorum(),",
              "            0,\n            current.quorum(),"),
          bug(
              "says that it gives up a ballot that is not durable",
              "Participant",
              "if (ballot.node() == self && acceptor.isPromiseDurable()) {",
              "if (ballot.node() == self) {"),
          // Progress.
          bug(
              "a candidate that stands down tells nobody",
              "Participant",
              "      hearers.forEach(node -> effects.send(node, new Message.Resign(ballot,"
                  + " successor)));",
              "      hearers.clear();"),
          bug(
              "candidates wait for nobody",
              "Follower",
              "    due = now + nanos;",
              "    due = now + nanos - nanos;"),
          bug(
              "candidates that lost wait equally long",
              "Participant",
              "    long pause = options.lease().toNanos() / 4 + random.nextLong(options.lease().toNanos() / 2);",
              "    long pause = options.lease().toNanos() / 4;"),
          bug(
              "members take no turns",
              "Participant",
              "    return 3 * rank() * stagger + random.nextLong(stagger);",
              "    return 0;"),
          bug(
              "asks nobody whether the leader is heard",
              "Follower",
              "    if (ballot.node() == 0 || me.acceptor.isReleased()",
              "    if (ballot.node() >= 0 || me.acceptor.isReleased()"),
          bug(
              "proposes nothing while a member has its fill",
              "Leader",
              "    return barrier != 0 && openConfiguration == 0 && !transfer.isUnderWay();",
              "    return barrier != 0 && openConfiguration == 0 && !transfer.isUnderWay()\n"
                  + "        && others.values().stream().allMatch(Progress::hasRoom);"),
          bug(
              "waits for the slowest member",
              "Leader",
              "matches[matches.length - me.configurations.current().quorum()]",
              "matches[0]"),
          bug(
              "what was lost is never sent again",
              "Leader",
              "        progress.resume(progress.match + 1, now);\n      }",
              "        progress.asked = now;\n      }"));

  private ProtocolBugs() {}

  private static PlantedBug bug(String name, String type, String right, String wrong) {
    return new PlantedBug(name, "paxos/" + type + ".java", right, wrong);
  }

  /// Called in a mutant's own classes: what the world finds with one seed; empty for nothing.
  static String verdict(long seed) {
    Throwable found = Campaign.verdict(new World(seed, EnumSet.allOf(FaultKind.class)));
    return found == null ? "" : String.valueOf(found.getMessage()).lines().findFirst().orElse("?");
  }

  /// Called in a mutant's own classes: the first unit test that fails; empty for none.
  static String unitTest() throws ReflectiveOperationException {
    for (String name : UNIT_TESTS) {
      Class<?> tests = Class.forName("dev.evenkeel.paxos." + name);
      Constructor<?> constructor = tests.getDeclaredConstructor();
      constructor.setAccessible(true);
      for (Method test : tests.getDeclaredMethods()) {
        if (test.isAnnotationPresent(Test.class)
            && BugHunt.fails(test, constructor.newInstance())) {
          return name + "." + test.getName();
        }
      }
    }
    return "";
  }
}
