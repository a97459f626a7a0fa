package dev.evenkeel.simulation.model;

import dev.evenkeel.simulation.model.AbstractAction.Accept;
import dev.evenkeel.simulation.model.AbstractAction.Affirm;
import dev.evenkeel.simulation.model.AbstractAction.Archive;
import dev.evenkeel.simulation.model.AbstractAction.Choose;
import dev.evenkeel.simulation.model.AbstractAction.ConsistentRead;
import dev.evenkeel.simulation.model.AbstractAction.Crash;
import dev.evenkeel.simulation.model.AbstractAction.DiskLoss;
import dev.evenkeel.simulation.model.AbstractAction.Flush;
import dev.evenkeel.simulation.model.AbstractAction.GrantSupport;
import dev.evenkeel.simulation.model.AbstractAction.HoldLease;
import dev.evenkeel.simulation.model.AbstractAction.Install;
import dev.evenkeel.simulation.model.AbstractAction.Learn;
import dev.evenkeel.simulation.model.AbstractAction.Prepare;
import dev.evenkeel.simulation.model.AbstractAction.Promise;
import dev.evenkeel.simulation.model.AbstractAction.Propose;
import dev.evenkeel.simulation.model.AbstractAction.Reconfigure;
import dev.evenkeel.simulation.model.AbstractAction.ReleaseLease;
import dev.evenkeel.simulation.model.AbstractAction.Restart;
import dev.evenkeel.simulation.model.AbstractAction.Retire;
import dev.evenkeel.simulation.model.AbstractAction.StandDown;
import dev.evenkeel.simulation.model.AbstractAction.SupportLapses;
import dev.evenkeel.simulation.model.AbstractAction.Transfer;
import dev.evenkeel.simulation.model.AbstractAction.Truncate;
import dev.evenkeel.simulation.model.AbstractAction.WaitedOut;
import dev.evenkeel.simulation.model.Acceptors.Vote;
import dev.evenkeel.simulation.model.Ballots.Campaign;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state of one replication group as `spec/GroupLog.tla` sees it, and what may happen next.
///
/// One thread. An action that is refused leaves the state as it was.
public final class AbstractState {
  /// Chosen slots are compacted so many at a time.
  private static final int COMPACTED_AT_A_TIME = 32;

  private final Acceptors acceptors = new Acceptors();
  private final Ballots ballots = new Ballots();
  private final Supports supports = new Supports();
  private final ChosenLog log;
  private final Rules rules;
  private long compacted;

  /// @param first the group's configuration before its first slot
  public AbstractState(AbstractConfiguration first) {
    this.log = new ChosenLog(first);
    this.rules = new Rules(acceptors, ballots, supports, log);
  }

  /// The newest slot that was acknowledged to anybody: what a read that begins now must see.
  public long acknowledged() {
    return log.last();
  }

  /// Every slot up to this is known as chosen to that node.
  public long known(long node) {
    return log.known(node);
  }

  /// Whether the owner of the ballot has begun to campaign with it.
  public boolean hasCampaign(AbstractBallot ballot) {
    return ballots.campaign(ballot) != null;
  }

  /// Where that node's log begins.
  public long truncated(long node) {
    return acceptors.truncated(node);
  }

  /// Whether that node campaigns or leads.
  public boolean leads(long node) {
    return ballots.led(node) != null;
  }

  public boolean isUp(long node) {
    return acceptors.isUp(node);
  }

  /// Whether that node's support for the other stands.
  public boolean supports(long node, long to) {
    return supports.stands(node, to);
  }

  /// Whom that node supports.
  public List<Long> supported(long node) {
    return supports.standing(node);
  }

  /// The epoch in which that node supports the other, or did last; 0 if it never has.
  public long epoch(long node, long to) {
    return supports.epoch(node, to);
  }

  /// Whether the slot after those that the ballot's owner knows has a quorum's votes in that
  /// ballot.
  public boolean isCounted(AbstractBallot ballot, long slot) {
    Campaign campaign = ballots.campaign(ballot);
    return campaign != null && Ballots.isChosen(campaign, slot, log.configuration(slot));
  }

  /// The lease that a node holds; null for none.
  public @Nullable HoldLease lease(long node) {
    return supports.lease(node);
  }

  /// Whether a restarted node still waits.
  public boolean isWaiting(long node) {
    return supports.isWaiting(node);
  }

  /// The configuration in force after everything that is chosen.
  public AbstractConfiguration configuration() {
    return log.current();
  }

  /// Votes in memory: bounded by what some member has not learned yet.
  int votes() {
    return acceptors.size();
  }

  /// Does one action.
  ///
  /// @throws AssertionError if the specification does not allow it here
  public void step(AbstractAction action) {
    switch (action) {
      case Prepare prepare -> prepare(prepare);
      case Promise promise -> promise(promise);
      case Propose propose -> propose(propose);
      case Reconfigure reconfigure -> reconfigure(reconfigure);
      case Accept accept -> accept(accept);
      case Affirm affirm -> {
        rules.mayAffirm(affirm);
        supports.stamp(affirm.ballot(), affirm.node(), affirm.epoch());
      }
      case Choose choose -> choose(choose);
      case Learn learn -> learn(learn);
      case HoldLease lease -> {
        rules.mayHold(lease);
        supports.hold(lease.ballot(), lease.counted());
      }
      case ReleaseLease lease -> supports.release(lease.node());
      case ConsistentRead read -> rules.mayRead(read);
      case Transfer transfer -> {
        rules.mayGiveUp(transfer);
        supports.giveUp(transfer.ballot());
        if (ballots.leads(transfer.ballot())) {
          stopLeading(transfer.ballot().node());
        }
      }
      case StandDown down -> {
        rules.mayStandDown(down);
        stopLeading(down.node());
      }
      case GrantSupport grant -> {
        rules.mayGrant(grant);
        supports.grant(grant.node(), grant.to(), grant.epoch());
      }
      case SupportLapses lapse -> {
        rules.mayLapse(lapse);
        supports.lapse(lapse.node(), lapse.to());
      }
      case Archive _, Flush _, Truncate _, Install _ -> keep(action);
      case Retire _, Crash _, Restart _, WaitedOut _, DiskLoss _ -> fail(action);
    }
  }

  private void prepare(Prepare prepare) {
    AbstractBallot ballot = prepare.ballot();
    long node = ballot.node();
    rules.mayPrepare(prepare);
    acceptors.promise(node, ballot);
    ballots.begin(ballot, prepare.from()).report(node, acceptors.report(node, prepare.from()));
    supports.release(node);
    settle(node);
  }

  /// Looks whether what its phase 1 reported leaves nothing undecided to that leader.
  private void settle(long node) {
    AbstractBallot ballot = ballots.led(node);
    Campaign campaign = ballot == null ? null : ballots.campaign(ballot);
    if (campaign != null && !campaign.isSettled()) {
      campaign.settle(log.configuration(log.known(node) + 1), log.known(node));
    }
  }

  private void promise(Promise promise) {
    Campaign campaign = rules.campaign(promise, promise.ballot());
    if (campaign.hasReport(promise.node())) {
      return;
    }
    rules.mayPromise(promise);
    acceptors.promise(promise.node(), promise.ballot());
    campaign.report(promise.node(), acceptors.report(promise.node(), campaign.from()));
    supports.stamp(promise.ballot(), promise.node(), promise.epoch());
    ballots.stepDown(promise.node(), promise.ballot());
    if (ballots.leads(promise.ballot())) {
      settle(promise.ballot().node());
    }
  }

  private void propose(Propose propose) {
    AbstractConfiguration next = log.change(propose.digest());
    if (next != null) {
      reconfigure(new Reconfigure(propose.ballot(), propose.slot(), propose.digest(), next));
    } else if (!rules.isRepeated(propose, propose.ballot(), propose.slot(), propose.digest())) {
      rules.mayPropose(propose);
      put(propose.ballot(), propose.slot(), propose.digest());
    }
  }

  private void reconfigure(Reconfigure change) {
    if (!rules.isRepeated(change, change.ballot(), change.slot(), change.digest())) {
      rules.mayReconfigure(change);
      log.change(change.digest(), change.next());
      put(change.ballot(), change.slot(), change.digest());
    }
  }

  private void put(AbstractBallot ballot, long slot, long digest) {
    Campaign campaign = ballots.campaign(ballot);
    if (campaign != null && slot > compacted) {
      campaign.propose(slot, digest);
    }
  }

  private void accept(Accept accept) {
    long node = accept.node();
    AbstractBallot ballot = accept.ballot();
    Campaign campaign = rules.campaign(accept, ballot);
    rules.mayStamp(accept, node, ballot, accept.epoch());
    if (accept.slot() > compacted && !campaign.voted(accept.slot(), node)) {
      rules.mayAccept(accept, campaign);
      acceptors.vote(node, accept.slot(), new Vote(ballot, accept.digest()));
      campaign.vote(accept.slot(), node);
      acceptors.promise(node, ballot);
      ballots.stepDown(node, ballot);
    }
    if (acceptors.promised(node).equals(ballot)) {
      supports.stamp(ballot, node, accept.epoch());
    }
  }

  private void choose(Choose choose) {
    long node = choose.ballot().node();
    if (choose.slot() <= log.known(node)) {
      return;
    }
    long digest = rules.mayChoose(choose);
    if (!log.isChosen(choose.slot())) {
      log.choose(choose.slot(), digest);
    }
    log.count(choose.slot(), choose.ballot());
    log.know(node, choose.slot());
    settle(node);
    if (log.change(digest) != null) {
      supports.release(node);
    }
    compact();
  }

  private void learn(Learn learn) {
    rules.mayLearn(learn);
    if (learn.slot() > acceptors.truncated(learn.node()) && learn.slot() > compacted) {
      acceptors.keep(learn.node(), learn.slot(), learn.digest());
    }
    log.know(learn.node(), Math.max(learn.slot(), log.known(learn.node())));
    settle(learn.node());
    compact();
  }

  private void keep(AbstractAction action) {
    switch (action) {
      case Archive archive -> {
        rules.mayArchive(archive);
        log.archive(archive.slot());
      }
      case Flush flush -> {
        rules.mayFlush(flush);
        log.store(flush.node(), flush.slot());
      }
      case Truncate truncate -> {
        rules.mayTruncate(truncate);
        acceptors.truncate(truncate.node(), truncate.slot());
      }
      case Install install -> {
        rules.mayInstall(install);
        acceptors.truncate(install.node(), install.slot());
        log.know(install.node(), Math.max(install.slot(), log.known(install.node())));
      }
      default -> throw new AssertionError(action);
    }
  }

  private void fail(AbstractAction action) {
    switch (action) {
      case Crash crash -> {
        acceptors.crash(crash.node());
        stopLeading(crash.node());
      }
      case Restart restart -> {
        rules.mayRestart(restart);
        acceptors.restart(restart.node());
        supports.restart(restart.node());
        log.know(restart.node(), restart.known());
      }
      case WaitedOut waited -> {
        rules.mayEndWaiting(waited);
        supports.waitedOut(waited.node());
      }
      case Retire retire -> {
        rules.mayRetire(retire);
        acceptors.retire(retire.node(), log.known(retire.node()));
        stopLeading(retire.node());
      }
      case DiskLoss loss -> {
        acceptors.lose(loss.node());
        stopLeading(loss.node());
      }
      default -> throw new AssertionError(action);
    }
  }

  private void stopLeading(long node) {
    ballots.stop(node);
    supports.release(node);
  }

  /// What every member knows as chosen nobody has to vote on again: only its digest is kept. Who
  /// leads a ballot, member or not, may still count what was voted in it.
  private void compact() {
    if (log.last() - compacted < COMPACTED_AT_A_TIME) {
      return;
    }
    long everywhere =
        Stream.concat(log.current().members().stream(), ballots.leaders().stream())
            .filter(node -> !acceptors.isGone(node))
            .mapToLong(log::known)
            .min()
            .orElse(0);
    if (everywhere - compacted >= COMPACTED_AT_A_TIME) {
      compacted = everywhere;
      acceptors.forget(compacted);
      ballots.forget(compacted);
    }
  }
}
