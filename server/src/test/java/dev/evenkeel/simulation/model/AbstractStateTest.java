package dev.evenkeel.simulation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Good traces pass; each rule refuses a trace that breaks it, and says which.
class AbstractStateTest {
  private static final AbstractConfiguration FIRST =
      new AbstractConfiguration(Set.of(1L, 2L, 3L), Set.of());
  private static final AbstractConfiguration SWAPPED =
      new AbstractConfiguration(Set.of(1L, 2L), Set.of(4L));
  private static final AbstractBallot ONE = new AbstractBallot(1, 1);
  private static final AbstractBallot TWO = new AbstractBallot(2, 2);
  private static final AbstractBallot THREE = new AbstractBallot(3, 1);
  private static final long CHANGE = 1000;

  private final AbstractState state = new AbstractState(FIRST);

  private void run(AbstractAction... actions) {
    for (AbstractAction action : actions) {
      state.step(action);
    }
  }

  private void refuses(AbstractAction action, String why) {
    assertThatThrownBy(() -> state.step(action))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(action.getClass().getSimpleName())
        .hasMessageContaining(why);
  }

  /// Node 1 is elected by itself and node 3, which supports it in epoch 1.
  private void elect() {
    run(new GrantSupport(3, 1, 1), new Prepare(ONE, 1), new Promise(3, ONE, 0, 1));
  }

  private void lead() {
    elect();
    run(new HoldLease(ONE, Set.of(1L, 3L)));
  }

  /// The leader writes a slot, with the vote of another node.
  private void write(AbstractBallot ballot, long slot, long digest, long other) {
    run(
        new Propose(ballot, slot, digest),
        new Accept(ballot.node(), ballot, slot, digest, 0),
        new Accept(other, ballot, slot, digest, 0),
        new Choose(ballot, slot));
  }

  @Test
  void aLeaderWritesAndReadsUnderItsLease() {
    lead();
    write(ONE, 1, 71, 3);
    write(ONE, 2, 72, 3);
    run(new ConsistentRead(ONE, 2, state.acknowledged()));
    run(new Learn(2, 1, 71), new Learn(2, 2, 72));
    assertThat(state.acknowledged()).isEqualTo(2);
  }

  @Test
  void slotsAreInFlightTogetherAndChosenInOrder() {
    elect();
    run(new Propose(ONE, 1, 71), new Propose(ONE, 2, 72));
    run(new Accept(1, ONE, 2, 72, 0), new Accept(3, ONE, 2, 72, 0));
    refuses(new Choose(ONE, 2), "the slot before it is not applied");
    run(new Accept(1, ONE, 1, 71, 0), new Accept(3, ONE, 1, 71, 0));
    run(new Choose(ONE, 1), new Choose(ONE, 2));
  }

  @Test
  void messagesThatAreSentTwiceChangeNothing() {
    elect();
    write(ONE, 1, 71, 3);
    assertThatCode(
            () -> {
              run(new Promise(3, ONE, 0, 1), new Propose(ONE, 1, 71));
              run(new Accept(3, ONE, 1, 71, 1), new Choose(ONE, 1), new Learn(1, 1, 71));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aNewLeaderDecidesAgainWhatItsPhaseOneReports() {
    elect();
    run(new Propose(ONE, 1, 71), new Accept(3, ONE, 1, 71, 0), new SupportLapses(3, 1));
    run(new Prepare(TWO, 1), new Promise(3, TWO, 0, 0));
    refuses(new Propose(TWO, 1, 72), "no phase-1 quorum");
    write(TWO, 1, 71, 3);
  }

  @Test
  void aReportedSlotKeepsTheLeaseAwayUntilItIsApplied() {
    elect();
    run(new Propose(ONE, 1, 71), new Propose(ONE, 2, 72));
    run(new Accept(3, ONE, 1, 71, 0), new Accept(3, ONE, 2, 72, 0), new SupportLapses(3, 1));
    run(new GrantSupport(3, 2, 1), new Prepare(TWO, 1), new Promise(3, TWO, 0, 1));
    write(TWO, 1, 71, 3);
    refuses(new HoldLease(TWO, Set.of(2L, 3L)), "R2");
    write(TWO, 2, 72, 3);
    run(new HoldLease(TWO, Set.of(2L, 3L)), new ConsistentRead(TWO, 2, 2));
  }

  @Test
  void anAcceptorKeepsItsPromise() {
    elect();
    run(new Propose(ONE, 1, 71), new SupportLapses(3, 1));
    run(new Prepare(TWO, 1), new Promise(3, TWO, 0, 0));
    refuses(new Accept(3, ONE, 1, 71, 0), "below its promise");
  }

  @Test
  void aPromiseSurvivesACrash() {
    elect();
    run(new SupportLapses(3, 1), new Prepare(TWO, 1), new Promise(3, TWO, 0, 0));
    run(new Crash(3), new Restart(3, 0), new Propose(ONE, 1, 71));
    refuses(new Accept(3, ONE, 1, 71, 0), "below its promise");
  }

  @Test
  void aBallotIsUsedOnce() {
    elect();
    run(new Crash(1), new Restart(1, 0));
    refuses(new Propose(ONE, 1, 71), "does not lead");
    refuses(new Prepare(ONE, 1), "used before");
  }

  @Test
  void aLeaderProposesOneEntryForASlotAndLeavesNoHole() {
    elect();
    run(new Propose(ONE, 1, 71));
    refuses(new Propose(ONE, 1, 72), "two entries");
    refuses(new Propose(ONE, 3, 73), "hole in slot 2");
  }

  @Test
  void nobodyVotesForWhatWasNotProposed() {
    elect();
    refuses(new Accept(3, ONE, 1, 71, 0), "proposed was null");
    refuses(new Accept(3, TWO, 1, 71, 0), "nobody campaigns");
  }

  @Test
  void onlyAQuorumOfMembersChooses() {
    elect();
    run(new Propose(ONE, 1, 71), new Accept(1, ONE, 1, 71, 0), new Accept(4, ONE, 1, 71, 0));
    refuses(new Choose(ONE, 1), "no quorum");
  }

  @Test
  void aFollowerAppliesWhatWasChosenAndNothingElse() {
    elect();
    run(new Propose(ONE, 1, 71), new Accept(3, ONE, 1, 71, 0));
    refuses(new Learn(3, 1, 71), "nobody has counted");
    run(new Accept(1, ONE, 1, 71, 0), new Choose(ONE, 1));
    refuses(new Learn(2, 1, 99), "another entry was chosen");
  }

  @Test
  void supportForALeaderForbidsAnothersBallot() {
    lead();
    run(new Prepare(TWO, 1));
    refuses(new Promise(3, TWO, 0, 0), "R1");
    run(new Crash(3), new Restart(3, 0));
    refuses(new Promise(3, TWO, 0, 0), "R1");
  }

  @Test
  void supportForALeaderForbidsAVoteForAnother() {
    swap();
    run(new GrantSupport(4, 1, 1), new Affirm(4, ONE, 1));
    run(new HoldLease(ONE, Set.of(1L, 4L)), new SupportLapses(3, 1));
    run(new Prepare(TWO, 1), new Promise(3, TWO, 0, 0), new Propose(TWO, 1, CHANGE));
    refuses(new Accept(4, TWO, 1, CHANGE, 0), "R1");
  }

  @Test
  void supportInAnEpochThatWasNotNamedBindsNobody() {
    elect();
    run(new SupportLapses(3, 1), new GrantSupport(3, 1, 2));
    run(new Prepare(TWO, 1), new Promise(3, TWO, 0, 0));
    refuses(new HoldLease(ONE, Set.of(1L, 3L)), "in the epoch in which it took the ballot");
  }

  @Test
  void supportOutlastsTheLeaseThatCountsIt() {
    lead();
    refuses(new SupportLapses(3, 1), "clocks drift");
    run(new ReleaseLease(1), new SupportLapses(3, 1));
  }

  @Test
  void aLapsedEpochIsNeverRevived() {
    elect();
    run(new GrantSupport(3, 1, 1), new SupportLapses(3, 1));
    refuses(new GrantSupport(3, 1, 1), "revives epoch 1");
    run(new Crash(3), new Restart(3, 0));
    refuses(new GrantSupport(3, 1, 1), "revives epoch 1");
    run(new GrantSupport(3, 1, 2));
  }

  @Test
  void aLeaseCountsOnlyEpochsInWhichTheBallotWasTaken() {
    elect();
    run(new SupportLapses(3, 1), new GrantSupport(3, 1, 2));
    refuses(new HoldLease(ONE, Set.of(1L, 3L)), "in the epoch in which it took the ballot");
    run(new Propose(ONE, 1, 71), new Accept(3, ONE, 1, 71, 2));
    run(new HoldLease(ONE, Set.of(1L, 3L)));
  }

  @Test
  void aVoteNamesNoEpochThatNeverWas() {
    elect();
    run(new Propose(ONE, 1, 71));
    refuses(new Accept(3, ONE, 1, 71, 5), "epoch that never was");
  }

  @Test
  void aLeaderTakesNoOtherBallotWhileItsLeaseStands() {
    lead();
    run(new Prepare(TWO, 1));
    refuses(new Promise(1, TWO, 0, 0), "its own lease");
  }

  @Test
  void aReadNeedsALeaseAndSeesWhatWasAcknowledged() {
    elect();
    refuses(new ConsistentRead(ONE, 0, 0), "without a lease");
    run(new HoldLease(ONE, Set.of(1L, 3L)));
    write(ONE, 1, 71, 3);
    refuses(new ConsistentRead(ONE, 0, state.acknowledged()), "stale");
    refuses(new ConsistentRead(ONE, 2, 1), "not applied");
  }

  @Test
  void aTransferGivesUpLeaseAndBallotAndFreesTheFollowers() {
    lead();
    write(ONE, 1, 71, 3);
    run(new Transfer(ONE));
    refuses(new ConsistentRead(ONE, 1, 1), "without a lease");
    refuses(new HoldLease(ONE, Set.of(1L, 3L)), "does not lead");
    run(new GrantSupport(3, 2, 1), new Prepare(TWO, 1), new Promise(3, TWO, 0, 1));
    write(TWO, 1, 71, 3);
    run(new HoldLease(TWO, Set.of(2L, 3L)), new ConsistentRead(TWO, 1, 1));
  }

  @Test
  void aLogReplicaTakesAFailedMembersPlace() {
    swap();
    assertThat(state.configuration()).isEqualTo(SWAPPED);
    run(new GrantSupport(4, 1, 1), new Affirm(4, ONE, 1));
    write(ONE, 2, 72, 4);
    run(new HoldLease(ONE, Set.of(1L, 4L)), new ConsistentRead(ONE, 2, 2));
  }

  /// Node 4's log replica takes the place of node 3 in slot 1.
  private void swap() {
    lead();
    run(new Promise(4, ONE, 0, 0), new Reconfigure(ONE, 1, CHANGE, SWAPPED));
    run(new Accept(1, ONE, 1, CHANGE, 0), new Accept(3, ONE, 1, CHANGE, 1), new Choose(ONE, 1));
  }

  @Test
  void aLeaseIsJudgedAnewByTheNewConfiguration() {
    swap();
    refuses(new ConsistentRead(ONE, 1, 1), "without a lease");
    refuses(new HoldLease(ONE, Set.of(1L, 3L)), "R3");
  }

  @Test
  void aMemberThatJoinsPromisesBeforeItIsProposed() {
    elect();
    refuses(new Reconfigure(ONE, 1, CHANGE, SWAPPED), "R8");
    run(new Promise(4, ONE, 0, 0), new Reconfigure(ONE, 1, CHANGE, SWAPPED));
  }

  /// Nodes 2 and 4 were a quorum of the new configuration in ballot 2, had node 2 not to step down.
  @Test
  void whoLeadsLearnsNothingThatAHigherBallotCounted() {
    elect();
    run(new SupportLapses(3, 1), new Prepare(TWO, 1), new Promise(3, TWO, 0, 0));
    refuses(new StandDown(2), "no higher ballot");
    run(new Prepare(THREE, 1), new Promise(3, THREE, 0, 0), new Promise(4, THREE, 0, 0));
    run(new Reconfigure(THREE, 1, CHANGE, SWAPPED), new Accept(1, THREE, 1, CHANGE, 0));
    run(new Accept(3, THREE, 1, CHANGE, 0), new Choose(THREE, 1));
    refuses(new Learn(2, 1, CHANGE), "R8");
    run(new StandDown(2), new Learn(2, 1, CHANGE));
    refuses(new Propose(TWO, 2, 72), "does not lead");
  }

  /// What a member that joined had accepted before was never chosen: it was no member.
  @Test
  void aLeaderThatHasSettledOnceIsSettledOverItsOwnChanges() {
    elect();
    run(new SupportLapses(3, 1), new Prepare(TWO, 1), new Promise(3, TWO, 0, 0));
    run(new Propose(TWO, 1, 71), new Propose(TWO, 2, 72), new Accept(4, TWO, 2, 72, 0));
    run(new Prepare(THREE, 1), new Promise(3, THREE, 0, 0), new Promise(4, THREE, 0, 0));
    run(new Reconfigure(THREE, 1, CHANGE, SWAPPED), new Accept(1, THREE, 1, CHANGE, 0));
    run(new Accept(3, THREE, 1, CHANGE, 0), new Choose(THREE, 1));
    run(new GrantSupport(4, 1, 1), new Affirm(4, THREE, 1), new HoldLease(THREE, Set.of(1L, 4L)));
    write(THREE, 2, 73, 4);
  }

  @Test
  void aMemberThatJoinsIsCountedInTheEpochInWhichItTookTheBallot() {
    swap();
    run(new GrantSupport(4, 1, 1));
    refuses(new HoldLease(ONE, Set.of(1L, 4L)), "in the epoch in which it took the ballot");
  }

  @Test
  void aVoteOfARemovedMemberIsNotCounted() {
    swap();
    run(new Promise(2, ONE, 0, 0), new Propose(ONE, 2, 72));
    run(new Accept(1, ONE, 2, 72, 0), new Accept(3, ONE, 2, 72, 0));
    refuses(new Choose(ONE, 2), "no quorum");
    run(new Accept(2, ONE, 2, 72, 0), new Choose(ONE, 2));
  }

  @Test
  void nothingIsProposedBeyondAnUnchosenConfiguration() {
    elect();
    run(new Promise(4, ONE, 0, 0), new Reconfigure(ONE, 1, CHANGE, SWAPPED));
    refuses(new Propose(ONE, 2, 72), "R6");
    refuses(new Reconfigure(ONE, 2, CHANGE + 1, SWAPPED), "R6");
  }

  @Test
  void aConfigurationIsProposedOnlyWhenAllBelowIsChosen() {
    elect();
    run(new Propose(ONE, 1, 71));
    refuses(new Reconfigure(ONE, 2, CHANGE, SWAPPED), "R7");
  }

  @Test
  void aConfigurationChangesOneMember() {
    elect();
    refuses(
        new Reconfigure(ONE, 1, CHANGE, new AbstractConfiguration(Set.of(1L, 4L), Set.of(5L))),
        "more than one member");
    refuses(
        new Reconfigure(ONE, 1, CHANGE, new AbstractConfiguration(Set.of(2L, 3L), Set.of())),
        "removes its leader");
  }

  @Test
  void anUnchosenConfigurationIsProposedAgainByTheNextLeader() {
    elect();
    run(new Promise(4, ONE, 0, 0), new Reconfigure(ONE, 1, CHANGE, SWAPPED));
    run(new Accept(3, ONE, 1, CHANGE, 0));
    run(new SupportLapses(3, 1), new Prepare(TWO, 1), new Promise(3, TWO, 0, 0));
    refuses(new Propose(TWO, 1, 71), "no phase-1 quorum");
    write(TWO, 1, CHANGE, 3);
    assertThat(state.configuration()).isEqualTo(SWAPPED);
  }

  @Test
  void aLogReplicaNeverLeads() {
    swap();
    run(new Learn(4, 1, CHANGE));
    refuses(new Prepare(new AbstractBallot(9, 4), 1), "never leads");
  }

  @Test
  void truncatedIsNotEmpty() {
    elect();
    write(ONE, 1, 71, 3);
    run(new Archive(1, 1, 71), new Learn(3, 1, 71), new Truncate(3, 1));
    run(new SupportLapses(3, 1), new Prepare(TWO, 1));
    refuses(new Promise(3, TWO, 0, 0), "R4");
    run(new Promise(3, TWO, 1, 0));
    refuses(new Propose(TWO, 1, 72), "no phase-1 quorum");
    run(new Learn(2, 1, 71));
    write(TWO, 2, 72, 3);
  }

  @Test
  void aLogIsFreedOnlyWhenItsEntriesAreElsewhere() {
    elect();
    write(ONE, 1, 71, 3);
    run(new Learn(3, 1, 71));
    refuses(new Truncate(3, 1), "neither archived nor in the store");
    run(new Flush(1, 1), new Truncate(1, 1));
    refuses(new Truncate(3, 1), "neither archived nor in the store");
    run(new Flush(3, 1), new Truncate(3, 1));
  }

  @Test
  void aLogReplicaFreesWhatEachStorageReplicaHasStored() {
    swap();
    run(new Promise(2, ONE, 0, 0), new Learn(4, 1, CHANGE));
    run(new Flush(1, 1));
    refuses(new Truncate(4, 1), "neither archived nor in the store");
    run(new Learn(2, 1, CHANGE), new Flush(2, 1), new Truncate(4, 1));
  }

  @Test
  void theArchiveTakesChosenEntriesInOrder() {
    elect();
    write(ONE, 1, 71, 3);
    refuses(new Archive(1, 2, 72), "not the next slot");
    refuses(new Archive(2, 1, 71), "not applied");
    refuses(new Archive(1, 1, 99), "another entry");
  }

  @Test
  void aSnapshotStandsForChosenSlots() {
    elect();
    write(ONE, 1, 71, 3);
    refuses(new Install(2, 2), "nobody has counted");
    run(new Install(2, 1));
    write(ONE, 2, 72, 3);
    run(new Learn(2, 2, 72));
  }

  @Test
  void aLostDiskNeverVotesAgainUnderItsIdentity() {
    elect();
    run(new Propose(ONE, 1, 71), new DiskLoss(3));
    refuses(new Accept(3, ONE, 1, 71, 0), "R5");
    refuses(new Restart(3, 0), "R5");
  }

  @Test
  void aRemovedMemberKeepsItsLogUntilOthersHaveIt() {
    swap();
    refuses(new Retire(3), "its log may be needed");
    refuses(new Retire(2), "still a member");
    run(new Learn(4, 1, CHANGE), new Retire(3));
  }

  @Test
  void aDeposedLeaderCountsNoMore() {
    elect();
    run(new Propose(ONE, 1, 71), new Accept(1, ONE, 1, 71, 0), new Accept(3, ONE, 1, 71, 0));
    run(new SupportLapses(3, 1), new Prepare(TWO, 1), new Promise(1, TWO, 0, 0));
    refuses(new Choose(ONE, 1), "does not lead");
  }

  @Test
  void aRefusedActionChangesNothing() {
    lead();
    run(new Prepare(TWO, 1));
    refuses(new Promise(3, TWO, 0, 0), "R1");
    write(ONE, 1, 71, 3);
    run(new ConsistentRead(ONE, 1, 1));
  }

  @Test
  void whatAllMembersKnowIsCompacted() {
    elect();
    for (long slot = 1; slot <= 10_000; slot++) {
      write(ONE, slot, slot * 7, 3);
      run(new Learn(2, slot, slot * 7), new Learn(3, slot, slot * 7));
      assertThat(state.votes()).isLessThan(200);
    }
    run(new SupportLapses(3, 1), new Prepare(TWO, 10_001), new Promise(3, TWO, 0, 0));
    write(TWO, 10_001, 5, 3);
    run(new SupportLapses(3, 1), new Prepare(THREE, 10_001), new Promise(3, THREE, 0, 0));
    refuses(new Propose(THREE, 10_001, 6), "no phase-1 quorum");
  }
}
