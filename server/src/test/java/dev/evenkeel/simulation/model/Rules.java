package dev.evenkeel.simulation.model;

import dev.evenkeel.simulation.model.AbstractAction.Accept;
import dev.evenkeel.simulation.model.AbstractAction.Affirm;
import dev.evenkeel.simulation.model.AbstractAction.Archive;
import dev.evenkeel.simulation.model.AbstractAction.Choose;
import dev.evenkeel.simulation.model.AbstractAction.ConsistentRead;
import dev.evenkeel.simulation.model.AbstractAction.Flush;
import dev.evenkeel.simulation.model.AbstractAction.GrantSupport;
import dev.evenkeel.simulation.model.AbstractAction.HoldLease;
import dev.evenkeel.simulation.model.AbstractAction.Install;
import dev.evenkeel.simulation.model.AbstractAction.Learn;
import dev.evenkeel.simulation.model.AbstractAction.Prepare;
import dev.evenkeel.simulation.model.AbstractAction.Promise;
import dev.evenkeel.simulation.model.AbstractAction.Propose;
import dev.evenkeel.simulation.model.AbstractAction.Reconfigure;
import dev.evenkeel.simulation.model.AbstractAction.Restart;
import dev.evenkeel.simulation.model.AbstractAction.Retire;
import dev.evenkeel.simulation.model.AbstractAction.StandDown;
import dev.evenkeel.simulation.model.AbstractAction.SupportLapses;
import dev.evenkeel.simulation.model.AbstractAction.Transfer;
import dev.evenkeel.simulation.model.AbstractAction.Truncate;
import dev.evenkeel.simulation.model.AbstractAction.WaitedOut;
import dev.evenkeel.simulation.model.Ballots.Campaign;
import org.jspecify.annotations.Nullable;

/// When each action is allowed: the guards of the specification. R1 to R8 are the laws of
/// `docs/consensus.md`.
///
/// @param acceptors promises and votes
/// @param ballots what was said in each ballot
/// @param supports support and leases
/// @param log what was chosen
record Rules(Acceptors acceptors, Ballots ballots, Supports supports, ChosenLog log) {
  static final String BROKEN = "INVARIANT BROKEN: ";

  Campaign campaign(AbstractAction action, AbstractBallot ballot) {
    Campaign campaign = ballots.campaign(ballot);
    if (campaign == null) {
      throw new AssertionError(action + ": nobody campaigns with that ballot");
    }
    return campaign;
  }

  void mayPrepare(Prepare prepare) {
    AbstractBallot ballot = prepare.ballot();
    long node = ballot.node();
    require(acceptors.isUp(node), prepare, "the node is down");
    AbstractConfiguration configuration = log.configuration(log.known(node) + 1);
    require(!configuration.logs().contains(node), prepare, "a log replica never leads");
    require(configuration.contains(node), prepare, "not a member, as far as it knows");
    require(
        prepare.from() <= log.known(node) + 1, prepare, "skips slots it does not know as chosen");
    mayTake(prepare, node, ballot);
    require(!acceptors.promised(node).equals(ballot), prepare, "the ballot was used before");
  }

  void mayPromise(Promise promise) {
    mayTake(promise, promise.node(), promise.ballot());
    require(
        promise.truncated() == acceptors.truncated(promise.node()),
        promise,
        "its log begins behind " + acceptors.truncated(promise.node()) + " (R4)");
    mayStamp(promise, promise.node(), promise.ballot(), promise.epoch());
  }

  /// A node takes a ballot: no lower one than it promised, and none that its support or its own
  /// lease forbids.
  private void mayTake(AbstractAction action, long node, AbstractBallot ballot) {
    AbstractBallot promised = acceptors.promised(node);
    require(acceptors.isUp(node), action, "the node is down, or its identity ended (R5)");
    require(!ballot.isBelow(promised), action, "below its promise of " + promised);
    require(
        !supports.blocks(node, promised, ballot),
        action,
        "its support for node " + promised.node() + ", or its own lease, stands (R1)");
  }

  void mayStamp(AbstractAction action, long node, AbstractBallot ballot, long epoch) {
    require(epoch <= supports.epoch(node, ballot.node()), action, "names an epoch that never was");
  }

  void mayAffirm(Affirm affirm) {
    require(acceptors.isUp(affirm.node()), affirm, "the node is down");
    require(
        acceptors.promised(affirm.node()).equals(affirm.ballot()),
        affirm,
        "its promise is " + acceptors.promised(affirm.node()));
    mayStamp(affirm, affirm.node(), affirm.ballot(), affirm.epoch());
  }

  /// Whether that was proposed already. A leader proposes one entry for a slot.
  boolean isRepeated(AbstractAction action, AbstractBallot ballot, long slot, long digest) {
    Long before = campaign(action, ballot).proposal(slot);
    require(before == null || before == digest, action, "two entries for one ballot and slot");
    return before != null;
  }

  void mayPropose(Propose propose) {
    AbstractConfiguration configuration = mayFill(propose, propose.ballot(), propose.slot());
    Campaign campaign = campaign(propose, propose.ballot());
    require(
        isChosen(propose.slot(), propose.digest())
            || campaign.isSettled()
            || campaign.isFree(configuration, propose.slot())
            || campaign.isReported(configuration, propose.slot(), propose.digest()),
        propose,
        "no phase-1 quorum of " + configuration + " allows this entry");
  }

  void mayReconfigure(Reconfigure change) {
    AbstractConfiguration configuration = mayFill(change, change.ballot(), change.slot());
    Campaign campaign = campaign(change, change.ballot());
    if (isChosen(change.slot(), change.digest())
        || campaign.isReported(configuration, change.slot(), change.digest())) {
      return;
    }
    require(
        campaign.isSettled() || campaign.isFree(configuration, change.slot()),
        change,
        "no phase-1 quorum of " + configuration + " allows this entry");
    require(
        change.slot() == log.known(change.ballot().node()) + 1,
        change,
        "slots below are not chosen yet (R7)");
    require(configuration.isOneApart(change.next()), change, "changes more than one member");
    require(change.next().storage().contains(change.ballot().node()), change, "removes its leader");
    require(
        change.next().members().stream()
            .allMatch(node -> configuration.contains(node) || campaign.hasReport(node)),
        change,
        "who joins has not promised the ballot (R8)");
  }

  /// What is chosen may be proposed again, whatever this leader's phase 1 reported.
  private boolean isChosen(long slot, long digest) {
    return log.isChosen(slot) && log.digest(slot) == digest;
  }

  /// @return the configuration in force at the slot, as the leader knows it
  private AbstractConfiguration mayFill(AbstractAction action, AbstractBallot ballot, long slot) {
    long known = log.known(ballot.node());
    mayLead(action, ballot);
    require(slot > known, action, "the leader knows that slot as chosen");
    Campaign campaign = campaign(action, ballot);
    for (long below = known + 1; below < slot; below++) {
      Long digest = campaign.proposal(below);
      require(digest != null || log.isChosen(below), action, "leaves a hole in slot " + below);
      require(
          digest == null || log.change(digest) == null || isChosen(below, digest),
          action,
          "beyond an unchosen change of the configuration in slot " + below + " (R6)");
    }
    AbstractConfiguration configuration = log.configuration(known + 1);
    require(configuration.contains(ballot.node()), action, "the leader is not a member");
    return configuration;
  }

  void mayLead(AbstractAction action, AbstractBallot ballot) {
    require(acceptors.isUp(ballot.node()), action, "the leader is down");
    require(ballots.leads(ballot), action, "the node does not lead this ballot");
  }

  /// A ballot that is led, or will be by nobody any more.
  void mayGiveUp(Transfer transfer) {
    AbstractBallot ballot = transfer.ballot();
    require(acceptors.isUp(ballot.node()), transfer, "the node is down");
    require(
        !acceptors.promised(ballot.node()).isBelow(ballot),
        transfer,
        "not durable there: it may be used once more after a crash");
  }

  void mayAccept(Accept accept, Campaign campaign) {
    Long proposed = campaign.proposal(accept.slot());
    require(
        (proposed != null && proposed == accept.digest())
            || isChosen(accept.slot(), accept.digest()),
        accept,
        "proposed was " + proposed);
    require(accept.slot() > acceptors.truncated(accept.node()), accept, "its log begins behind it");
    mayTake(accept, accept.node(), accept.ballot());
  }

  /// @return the digest of the entry
  long mayChoose(Choose choose) {
    long node = choose.ballot().node();
    long slot = choose.slot();
    mayLead(choose, choose.ballot());
    require(slot == log.known(node) + 1, choose, "the slot before it is not applied");
    Campaign campaign = campaign(choose, choose.ballot());
    Long digest = campaign.proposal(slot);
    if (digest == null) {
      throw new AssertionError(choose + ": nothing was proposed there");
    }
    AbstractConfiguration configuration = log.configuration(slot);
    require(
        Ballots.isChosen(campaign, slot, configuration),
        choose,
        "no quorum of " + configuration + " has voted");
    invariant(
        !log.isChosen(slot) || log.digest(slot) == digest,
        choose,
        "another entry was chosen for this slot");
    AbstractConfiguration next = log.change(digest);
    invariant(
        next == null || configuration.isOneApart(next),
        choose,
        "the configuration does not follow the one before it (R7)");
    return digest;
  }

  void mayLearn(Learn learn) {
    require(acceptors.isUp(learn.node()), learn, "the node is down");
    require(log.isChosen(learn.slot()), learn, "nobody has counted a quorum for it");
    require(log.digest(learn.slot()) == learn.digest(), learn, "another entry was chosen there");
    AbstractBallot counted = log.counted(learn.slot());
    @Nullable AbstractBallot led = ballots.led(learn.node());
    require(
        led == null || !led.isBelow(counted),
        learn,
        "leads " + led + ", though it must have heard of " + counted + " (R8)");
    require(
        learn.slot() <= log.known(learn.node()) + 1, learn, "the slot before it is unknown here");
  }

  void mayHold(HoldLease lease) {
    AbstractBallot ballot = lease.ballot();
    long node = ballot.node();
    mayLead(lease, ballot);
    AbstractConfiguration configuration = log.configuration(log.known(node) + 1);
    require(configuration.storage().contains(node), lease, "not a storage replica of the group");
    for (long counted : lease.counted()) {
      require(
          supports.counts(ballot, counted),
          lease,
          "node " + counted + " does not support it in the epoch in which it took the ballot");
    }
    require(
        configuration.isQuorum(lease.counted()::contains),
        lease,
        "no quorum of " + configuration + " (R3)");
    require(
        campaign(lease, ballot).isSettled(),
        lease,
        "phase 1 may have reported what is not applied yet (R2)");
    invariant(!supports.isHeldByAnother(node), lease, "another node holds the lease");
  }

  void mayRead(ConsistentRead read) {
    require(supports.holds(read.ballot()), read, "without a lease");
    require(read.applied() <= log.known(read.ballot().node()), read, "saw what is not applied");
    require(read.applied() >= read.atLeast(), read, "stale");
  }

  void mayStandDown(StandDown down) {
    require(acceptors.isUp(down.node()), down, "the node is down");
    @Nullable AbstractBallot led = ballots.led(down.node());
    require(
        led != null && ballots.isOvertaken(led), down, "there is no higher ballot than it leads");
  }

  void mayGrant(GrantSupport grant) {
    long last = supports.epoch(grant.node(), grant.to());
    require(acceptors.isUp(grant.node()), grant, "the node is down");
    require(
        grant.epoch() > last
            || (grant.epoch() == last && supports.stands(grant.node(), grant.to())),
        grant,
        "revives epoch " + last);
    require(
        grant.epoch() == last || !supports.stands(grant.node(), grant.to()),
        grant,
        "epoch " + last + " has not lapsed");
  }

  void mayLapse(SupportLapses lapse) {
    require(
        !supports.isCounted(lapse.node(), lapse.to()),
        lapse,
        "a lease still counts on it: clocks drift beyond the bound, or it was forgotten (R1)");
  }

  void mayEndWaiting(WaitedOut waited) {
    require(
        !supports.isFormerCounted(waited.node()),
        waited,
        "a lease still counts on support of its former life (R1)");
  }

  void mayArchive(Archive archive) {
    require(archive.slot() == log.archived() + 1, archive, "not the next slot");
    require(archive.slot() <= log.known(archive.node()), archive, "not applied by that node");
    require(log.digest(archive.slot()) == archive.digest(), archive, "another entry was chosen");
  }

  void mayFlush(Flush flush) {
    require(log.isChosen(flush.slot()), flush, "nobody has counted a quorum for it");
  }

  void mayTruncate(Truncate truncate) {
    boolean stores = log.current().storage().contains(truncate.node());
    require(
        truncate.slot() <= log.safe() || truncate.slot() <= log.stored(truncate.node()),
        truncate,
        "neither archived nor in the store: " + log.safe() + " (R4)");
    require(
        !stores
            || truncate.slot() <= log.known(truncate.node())
            || truncate.slot() <= log.stored(truncate.node()),
        truncate,
        "not applied there");
  }

  void mayInstall(Install install) {
    require(acceptors.isUp(install.node()), install, "the node is down");
    require(log.isChosen(install.slot()), install, "nobody has counted a quorum for it");
  }

  void mayRestart(Restart restart) {
    require(!acceptors.isGone(restart.node()), restart, "its identity ended with its disk (R5)");
    require(!acceptors.isUp(restart.node()), restart, "the node is up");
    require(restart.known() <= log.known(restart.node()), restart, "knows what it never learned");
  }

  void mayRetire(Retire retire) {
    long node = retire.node();
    long removal = log.configurationSlot();
    require(!log.current().contains(node), retire, "still a member");
    require(
        log.safe() >= removal
            || log.current()
                .isQuorum(member -> !acceptors.isGone(member) && log.known(member) >= removal),
        retire,
        "its log may be needed: no quorum that replaced it has everything up to slot " + removal);
  }

  private static void require(boolean holds, AbstractAction action, String otherwise) {
    if (!holds) {
      throw new AssertionError(action + ": " + otherwise);
    }
  }

  /// What the guards of all actions together are there for: it can fail only if one of them is
  /// missing, so that would be an error of this relation.
  private static void invariant(boolean holds, AbstractAction action, String otherwise) {
    require(holds, action, BROKEN + otherwise);
  }
}
