------------------------------ MODULE GroupLog ------------------------------
(* One replication group: Multi-Paxos with pipelined slots, storage replicas    *)
(* and log replicas, leases by support epochs, reconfiguration through the log, *)
(* archive, truncation, crash, loss of a disk, transfer of leadership.          *)
(*                                                                              *)
(* A message, once sent, may be received late, often or never; so the spec      *)
(* keeps what was sent (promised, prop, votes) and lets a receiver use any      *)
(* part of it. What a node does in one action, it does with one durable write   *)
(* before the message leaves. README.md says what is left out.                  *)
EXTENDS Naturals, Integers, FiniteSets, Sequences, TLC

CONSTANTS
  Storage,    \* nodes with a storage replica: they apply entries and may lead
  LogOnly,    \* nodes with a log replica: they vote and keep the log, no more
  Leaders,    \* the node of each ballot: ballot b = (round, node) is numbered
              \* in ballot order, and Leaders[b] is its node
  Cfgs,       \* the configurations that there may be; the first is in force at slot 1
  MaxSlot, Window,               \* slots; how many a leader has in flight
  MaxArch,                       \* slots that are archived; with 0 no log is freed
  MaxEpoch,                      \* support epochs per pair of nodes
  MaxCrash, MaxLoss,             \* crashes; disks lost for good
  Handover,                      \* whether leadership is transferred
  Begun,                         \* who has promised each ballot when a behaviour begins
  Mut                            \* planted bugs, each named where it bites

VARIABLES
  prom, acc, tr,         \* durable, acceptor: promised ballot, votes, truncated up to
  app,                   \* learner: the chosen prefix that a node knows
  lb,                    \* proposer: the ballot it leads or campaigns with, 0 = none
  promised, prop, votes, \* sent: Promise per ballot and node, Accept and Accepted per ballot and slot
  sup, stamp,            \* support: e > 0 stands in epoch e, -e lapsed; epoch under which a ballot was taken
  lease,                 \* the supporters that a leader's lease counts, {} = no lease
  released,              \* ballots that their leader gave up in a transfer
  arch,                  \* the archive: a sequence of entries
  down, lost, retired,   \* nodes that are crashed, without their disk, removed and emptied
  crashes,               \* crashes so far
  chosen, counted, stale \* what was acknowledged; the lowest ballot that counted a slot's quorum; a stale value was read

acceptor == <<prom, acc, tr>>
sent     == <<promised, prop, votes>>
leases   == <<sup, stamp, lease, released>>
faults   == <<down, lost, retired, crashes>>
ghosts   == <<chosen, counted, stale>>
vars     == <<acceptor, app, lb, sent, leases, arch, faults, ghosts>>

N       == Storage \cup LogOnly
Slots   == 1..MaxSlot
Ballots == 1..Len(Leaders)
None    == [b |-> 0, v |-> 0]                 \* no vote
Bug(m)  == m \in Mut

(* Entries. A client's entry (or a no-op) that ballot b invents is b itself, so  *)
(* entries of two ballots differ; 100 + j is the entry that installs Cfgs[j].    *)
IsCfg(v)  == v > 100
CfgOf(v)  == Cfgs[v - 100]
(* The configuration in force after a log: that of its newest configuration entry. *)
CfgAt(log) == LET at == {i \in DOMAIN log : IsCfg(log[i])}
              IN IF at = {} THEN Cfgs[1] ELSE CfgOf(log[CHOOSE i \in at : \A k \in at : k <= i])
Maj(S, C)  == 2 * Cardinality(S \cap C) > Cardinality(C)
Quorums(C) == {Q \in SUBSET C : /\ 2 * Cardinality(Q) > Cardinality(C)
                                /\ 2 * (Cardinality(Q) - 1) <= Cardinality(C)}
OneApart(C, D) == /\ C # D /\ Cardinality(C \ D) <= 1 /\ Cardinality(D \ C) <= 1
Gone(n) == n \in lost \cup retired
Up(n)   == n \notin down /\ ~Gone(n)
Max(a, b) == IF a > b THEN a ELSE b
ChosenAt(s) == {p[2] : p \in {q \in chosen : q[1] = s}}
(* The configuration in force after everything that was chosen. *)
CfgSlots == {p[1] : p \in {q \in chosen : IsCfg(q[2])}}
CfgNow   == IF CfgSlots = {} THEN Cfgs[1]
            ELSE LET s == CHOOSE t \in CfgSlots : \A u \in CfgSlots : u <= t
                 IN CfgOf(CHOOSE v \in ChosenAt(s) : IsCfg(v))

(* A behaviour begins where nothing has happened but promises, each under the first   *)
(* epoch of support: to look deeper for the same price. One ballot after the other has    *)
(* been promised, by those in Begun.                                                        *)
Begin(n) == LET B == {b \in Ballots : n \in Begun[b]}
            IN IF B = {} THEN 0 ELSE CHOOSE b \in B : \A c \in B : c <= b
Init ==
  /\ prom = [n \in N |-> Begin(n)]
  /\ acc = [n \in N |-> [s \in Slots |-> None]] /\ tr = [n \in N |-> 0]
  /\ app = [n \in N |-> <<>>]
  /\ lb = [n \in N |-> IF Begin(n) # 0 /\ n = Leaders[Begin(n)] THEN Begin(n) ELSE 0]
  /\ promised = [b \in Ballots |-> [n \in Begun[b] |-> [tr |-> 0, a |-> acc[n]]]]
  /\ prop = [b \in Ballots |-> [s \in Slots |-> 0]]
  /\ votes = [b \in Ballots |-> [s \in Slots |-> {}]]
  /\ sup = [n \in N |-> [a \in Storage |->
              IF MaxEpoch > 0 /\ n # a /\ \E b \in Ballots : n \in Begun[b] /\ a = Leaders[b] THEN 1 ELSE 0]]
  /\ stamp = [b \in Ballots |-> [n \in N |-> IF n \in Begun[b] THEN sup[n][Leaders[b]] ELSE 0]]
  /\ lease = [n \in N |-> {}] /\ released = {}
  /\ arch = <<>> /\ down = {} /\ lost = {} /\ retired = {} /\ crashes = 0
  /\ chosen = {} /\ counted = [s \in Slots |-> 0] /\ stale = FALSE

-----------------------------------------------------------------------------
(* Support and leases.                                                          *)
(* n's support for another node stands in numbered epochs, for all groups at    *)
(* once. n names the epoch when it takes that node's ballot (`stamp`). As long   *)
(* as that very epoch stands, n takes no ballot of a third node in this group;    *)
(* nor does a leader take another's ballot while its own lease stands.            *)
Given(p) == \E r \in released : Leaders[r] = Leaders[p] /\ p <= r
Bound(n) == LET e == stamp[prom[n]][n]
            IN e > 0 /\ sup[n][Leaders[prom[n]]] = e /\ ~Given(prom[n])
Blocked(n, b) ==
  /\ prom[n] # 0 /\ Leaders[prom[n]] # Leaders[b]
  /\ Bound(n) \/ (lease[n] # {} /\ ~Bug("leaderPromisesInLease"))

(* n grants (after a lapse: anew, under the next epoch) its support to a. Grants to *)
(* nodes that do not campaign here change nothing in this group and are left out.     *)
GrantSupport(n, a) ==
  /\ Up(n) /\ n # a /\ lb[a] # 0 /\ sup[n][a] <= 0
  /\ LET e == IF Bug("revivedEpoch") THEN Max(1, -sup[n][a]) ELSE 1 - sup[n][a]
     IN e <= MaxEpoch /\ sup' = [sup EXCEPT ![n][a] = e]
  /\ UNCHANGED <<acceptor, app, lb, sent, stamp, lease, released, arch, faults, ghosts>>

(* Support lapses for good. It outlasts every lease that counts it: the leader   *)
(* reckons from when it sent the renewal, the grantor from when it received it,  *)
(* and the bound on drift lies between. Time passes for crashed nodes too.       *)
SupportLapses(n, a) ==
  /\ sup[n][a] > 0 /\ ~Gone(n)
  /\ n \notin lease[a] \/ Bug("clockDrift")
  /\ sup' = [sup EXCEPT ![n][a] = -sup[n][a]]
  /\ UNCHANGED <<acceptor, app, lb, sent, stamp, lease, released, arch, faults, ghosts>>

(* The epoch that goes with a Promise or an Accepted: that of support which stands. *)
Stamped(n, b) == [stamp EXCEPT ![b][n] = IF sup[n][Leaders[b]] > 0 THEN sup[n][Leaders[b]] ELSE @]

(* An acceptor tells the owner of the ballot once more that it holds to it, under   *)
(* the support that stands now: an answer without a vote, or the same one again.      *)
Affirm(n) ==
  /\ Up(n) /\ prom[n] # 0 /\ Leaders[prom[n]] # n
  /\ Stamped(n, prom[n]) # stamp /\ stamp' = Stamped(n, prom[n])
  /\ UNCHANGED <<acceptor, app, lb, sent, sup, lease, released, arch, faults, ghosts>>

(* A phase-1 quorum of configuration C that reported nothing beyond `upto`. *)
Recovered(l, C, upto) ==
  \E Q \in Quorums(C) :
    /\ Q \subseteq DOMAIN promised[lb[l]]
    /\ \A n \in Q : LET m == promised[lb[l]][n]
                    IN m.tr <= upto /\ \A s \in Slots : s > upto => m.a[s].b = 0

(* Law R2: every slot that phase 1 may have reported is decided and applied, and  *)
(* the quorum was one of the configuration in force by then. What comes behind is   *)
(* of this ballot, changes of the configuration too, so nothing else hides there.    *)
Settled(l) == \E k \in 0..Len(app[l]) :
  Recovered(l, IF Bug("readyOldConfig") THEN Cfgs[1] ELSE CfgAt(SubSeq(app[l], 1, k)), k)

Ready(l) ==
  \/ Bug("readBeforeRecovery")
  \/ Settled(l)
  \/ /\ Bug("barrierBelowReported")       \* Raft's rule: an entry of my own ballot is chosen
     /\ \E s \in 1..Len(app[l]) : prop[lb[l]][s] # 0

(* The members whose support counts: they took this ballot under an epoch that    *)
(* stands. The leader counts itself.                                              *)
Counted(l) == {n \in N : \/ n = l
                         \/ /\ sup[n][l] > 0
                            /\ stamp[lb[l]][n] = sup[n][l] \/ Bug("unstampedEpoch")}

HoldLease(l) ==
  /\ Up(l) /\ lb[l] # 0 /\ lease[l] = {} /\ l \in CfgAt(app[l]) /\ Ready(l)
  /\ \E Q \in Quorums(CfgAt(app[l])) : l \in Q /\ Q \subseteq Counted(l)
                                       /\ lease' = [lease EXCEPT ![l] = Q]
  /\ UNCHANGED <<acceptor, app, lb, sent, sup, stamp, released, arch, faults, ghosts>>

(* The lease runs out in the leader's own reckoning, or is given up. *)
ReleaseLease(l) ==
  /\ lease[l] # {} /\ lease' = [lease EXCEPT ![l] = {}]
  /\ UNCHANGED <<acceptor, app, lb, sent, sup, stamp, released, arch, faults, ghosts>>

(* A read of what is applied, under the lease. One that sees all that was           *)
(* acknowledged changes nothing, so only the other kind is a step.                    *)
ConsistentRead(l) ==
  /\ Up(l) /\ lease[l] # {}
  /\ \E p \in chosen : p[1] > Len(app[l])
  /\ stale' = TRUE
  /\ UNCHANGED <<acceptor, app, lb, sent, leases, arch, faults, chosen, counted>>

(* A leader or candidate gives up ballot and lease at once, and says so; whoever   *)
(* hears it need not wait for its support to lapse. The target then campaigns.      *)
Transfer(l) ==
  /\ Handover /\ Up(l) /\ lb[l] # 0
  /\ released' = released \cup {lb[l]}
  /\ IF Bug("transferKeepsLease") THEN UNCHANGED <<lease, lb>>
     ELSE lease' = [lease EXCEPT ![l] = {}] /\ lb' = [lb EXCEPT ![l] = 0]
  /\ UNCHANGED <<acceptor, app, sent, sup, stamp, arch, faults, ghosts>>

-----------------------------------------------------------------------------
(* Phase 1.                                                                     *)
Report(n) == [tr |-> tr[n], a |-> acc[n]]

(* The candidate is its own first acceptor: its promise is durable before Prepare *)
(* leaves, so no ballot is used twice.                                            *)
Prepare(l, b) ==
  /\ Up(l) /\ (l \in Storage \/ Bug("logReplicaLeads"))
  /\ Leaders[b] = l /\ prom[l] < b /\ l \in CfgAt(app[l]) /\ ~Blocked(l, b)
  /\ prom' = [prom EXCEPT ![l] = b] /\ lb' = [lb EXCEPT ![l] = b]
  /\ promised' = [promised EXCEPT ![b] = l :> Report(l)]
  /\ lease' = [lease EXCEPT ![l] = {}]
  /\ UNCHANGED <<acc, tr, app, prop, votes, sup, stamp, released, arch, faults, ghosts>>

(* Whoever takes another's ballot leads no more. *)
StepDown(n, b) == lb' = [lb EXCEPT ![n] = IF Leaders[b] = n THEN @ ELSE 0]

Promise(n, b) ==
  /\ Up(n) /\ promised[b] # <<>> /\ prom[n] <= b /\ n \notin DOMAIN promised[b]
  /\ ~Blocked(n, b) \/ Bug("promiseDespiteSupport")
  /\ prom' = [prom EXCEPT ![n] = b]
  /\ promised' = [promised EXCEPT ![b] = @ @@ (n :> Report(n))]
  /\ stamp' = Stamped(n, b) /\ StepDown(n, b)
  /\ UNCHANGED <<acc, tr, app, prop, votes, sup, lease, released, arch, faults, ghosts>>

(* Who has heard of a higher ballot may stop leading before its own promise of that *)
(* is durable.                                                                        *)
StandDown(l) ==
  /\ Up(l) /\ lb[l] # 0 /\ \E b \in Ballots : b > lb[l] /\ promised[b] # <<>>
  /\ lb' = [lb EXCEPT ![l] = 0] /\ lease' = [lease EXCEPT ![l] = {}]
  /\ UNCHANGED <<acceptor, app, sent, sup, stamp, released, arch, faults, ghosts>>

-----------------------------------------------------------------------------
(* Phase 2.                                                                     *)
(* The next slot for which the leader has proposed nothing: no holes. *)
InFlight(l) == {s \in Slots : s > Len(app[l]) /\ prop[lb[l]][s] # 0}
Free(l)     == CHOOSE s \in 1..(MaxSlot + 1) :
                 /\ s > Len(app[l]) /\ s \notin InFlight(l)
                 /\ \A t \in (Len(app[l]) + 1)..(s - 1) : t \in InFlight(l)
CanPropose(l) ==
  /\ Up(l) /\ lb[l] # 0 /\ l \in CfgAt(app[l])
  /\ Free(l) <= MaxSlot /\ Free(l) <= Len(app[l]) + Window
  (* Law R6: nothing beyond an entry that changes the configuration and is unchosen. *)
  /\ \/ \A t \in InFlight(l) : ~IsCfg(prop[lb[l]][t])
     \/ Bug("proposePastConfig")

(* A quorum of the configuration in force at the slot, and what it says of the slot.   *)
(* Law R4: "truncated" is not "empty"; such a slot is learned, not proposed. Once      *)
(* phase 1 is settled, nothing is hidden in any slot.                                    *)
Phase1(l, Q, s) ==
  LET b == lb[l] IN
  /\ Q \subseteq DOMAIN promised[b]
  /\ \A n \in Q : promised[b][n].tr < s \/ Bug("truncatedIsEmpty")
Reported(l, Q, s) == {promised[lb[l]][n].a[s] : n \in Q} \ {None}
Votes(R)          == {a \in R : a.b > 0}
Highest(R) == IF Bug("lowestBallot") THEN CHOOSE a \in R : \A c \in R : a.b <= c.b
              ELSE CHOOSE a \in R : \A c \in R : c.b <= a.b

Put(l, s, v) == prop' = [prop EXCEPT ![lb[l]][s] = v]

(* What phase 1 allows in a slot: the value of the highest ballot reported, or one's *)
(* own where none was.                                                                  *)
Allowed(l, s) ==
  (IF Settled(l) THEN {lb[l]} ELSE {}) \cup
  {LET R == Votes(Reported(l, Q, s))
   IN IF R = {} \/ Bug("skipReproposal") THEN lb[l] ELSE Highest(R).v :
     Q \in {C \in Quorums(CfgAt(app[l])) : Phase1(l, C, s)}}

Propose(l) ==
  /\ CanPropose(l)
  /\ \E v \in Allowed(l, Free(l)) : Put(l, Free(l), v)
  /\ UNCHANGED <<acceptor, app, lb, promised, votes, leases, arch, faults, ghosts>>

(* Add, remove or replace one member. Law R7: only when every slot below is chosen, *)
(* so that whoever re-proposes the entry puts it on the configuration it was made for. *)
(* Law R8: who joins has promised this ballot, so that no quorum of the new              *)
(* configuration is left to a lower one.                                                   *)
Reconfigure(l) ==
  LET s == Free(l)  C == CfgAt(app[l]) IN
  /\ \/ CanPropose(l) /\ (s = Len(app[l]) + 1 \/ Bug("pipelinedChange"))
     \/ Bug("secondChange") /\ Up(l) /\ lb[l] # 0 /\ s <= MaxSlot /\ s <= Len(app[l]) + Window
  /\ lb[l] \in Allowed(l, s)
  /\ \E j \in DOMAIN Cfgs :
       /\ l \in Cfgs[j] /\ OneApart(C, Cfgs[j])
       /\ Cfgs[j] \ C \subseteq DOMAIN promised[lb[l]] \/ Bug("joinUnpromised")
       /\ Put(l, s, 100 + j)
  /\ UNCHANGED <<acceptor, app, lb, promised, votes, leases, arch, faults, ghosts>>

(* What a node knows as chosen stays as it is. *)
Accept(n, b, s) ==
  /\ Up(n) /\ prop[b][s] # 0 /\ tr[n] < s /\ n \notin votes[b][s]
  /\ IF s > Len(app[n]) THEN TRUE ELSE prop[b][s] = app[n][s]
  /\ prom[n] <= b \/ Bug("acceptBelowPromise")
  /\ ~Blocked(n, b)
  /\ prom' = [prom EXCEPT ![n] = Max(@, b)]
  /\ acc' = [acc EXCEPT ![n][s] = [b |-> b, v |-> prop[b][s]]]
  /\ votes' = [votes EXCEPT ![b][s] = @ \cup {n}]
  /\ stamp' = Stamped(n, b) /\ StepDown(n, b)
  /\ UNCHANGED <<tr, app, promised, prop, sup, lease, released, arch, faults, ghosts>>

(* Counted by the configuration in force at the slot: members only. *)
IsChosen(l, b, s) ==
  LET C == CfgAt(app[l])  V == votes[b][s] IN
  CASE Bug("oneAck")          -> V \cap C # {}
    [] Bug("foreignAck")      -> 2 * Cardinality(V) > Cardinality(C)
    [] Bug("quorumOfOldConfig") -> Maj(V, Cfgs[1])
    [] OTHER                  -> Maj(V, C)

(* The leader counts a quorum: it applies, and may answer the client. Law R3: a    *)
(* lease is judged anew when a configuration entry is chosen.                       *)
Choose(l) ==
  LET b == lb[l]  s == Len(app[l]) + 1 IN
  /\ Up(l) /\ b # 0 /\ s <= MaxSlot /\ prop[b][s] # 0 /\ IsChosen(l, b, s)
  /\ app' = [app EXCEPT ![l] = Append(@, prop[b][s])]
  /\ chosen' = chosen \cup {<<s, prop[b][s]>>}
  /\ counted' = [counted EXCEPT ![s] = IF @ = 0 \/ b < @ THEN b ELSE @]
  /\ lease' = IF IsCfg(prop[b][s]) /\ ~Bug("leaseAcrossReconfig") THEN [lease EXCEPT ![l] = {}] ELSE lease
  /\ UNCHANGED <<acceptor, lb, sent, sup, stamp, released, arch, faults, stale>>

-----------------------------------------------------------------------------
(* Learning, archive, truncation.                                               *)
(* A storage replica has in its store what it has freed of its log. *)
Holds(n, p)  == ~Gone(n) /\ IF tr[n] < p[1] THEN acc[n][p[1]].v = p[2] ELSE n \in Storage
Archived(p)  == Len(arch) >= p[1] /\ arch[p[1]] = p[2]

(* A chosen entry comes from the archive or from a node that has it. Only its value *)
(* is kept: that is no vote. A log replica fetches what it misses; a storage replica *)
(* applies in slot order. Law R8: what a higher ballot has counted is told under that  *)
(* ballot, so that who leads in a lower one leads no more, and who has but a log takes  *)
(* no lower one any more.                                                                *)
Learn(n, p) ==
  /\ Up(n) /\ p \in chosen /\ (Archived(p) \/ \E k \in N : Up(k) /\ Holds(k, p))
  /\ IF lb[n] = 0 \/ Bug("leaderLearns") THEN TRUE ELSE lb[n] >= counted[p[1]]
  /\ IF n \in Storage \/ prom[n] >= counted[p[1]] THEN TRUE ELSE ~Blocked(n, counted[p[1]])
  /\ prom' = IF n \in Storage THEN prom ELSE [prom EXCEPT ![n] = Max(@, counted[p[1]])]
  /\ IF n \in Storage THEN p[1] = Len(app[n]) + 1 ELSE tr[n] < p[1] /\ ~Holds(n, p)
  /\ LET v == IF Bug("learnOwnVote") /\ acc[n][p[1]].b > 0 THEN acc[n][p[1]].v ELSE p[2] IN
     /\ app' = IF n \in Storage THEN [app EXCEPT ![n] = Append(@, v)] ELSE app
     /\ acc' = IF tr[n] < p[1] THEN [acc EXCEPT ![n][p[1]].v = v] ELSE acc
  /\ UNCHANGED <<tr, lb, sent, leases, arch, faults, ghosts>>

Archive(n) ==
  LET s == Len(arch) + 1 IN
  /\ Up(n) /\ n \in Storage /\ s <= MaxArch
  /\ \/ Len(app[n]) >= s /\ arch' = Append(arch, app[n][s])
     \/ Bug("archiveUnchosen") /\ acc[n][s].b > 0 /\ arch' = Append(arch, acc[n][s].v)
  /\ UNCHANGED <<acceptor, app, lb, sent, leases, faults, ghosts>>

(* A storage replica frees what its own store has for good; a log replica, what the *)
(* archive has.                                                                       *)
Truncate(n) ==
  LET s == tr[n] + 1 IN
  /\ Up(n) /\ s <= MaxSlot /\ MaxArch > 0
  /\ \/ s <= Len(arch) /\ n \notin Storage
     \/ n \in Storage /\ s <= Len(app[n])
     \/ Bug("truncateUnarchived") /\ n \notin Storage /\ acc[n][s].v # 0
  /\ tr' = [tr EXCEPT ![n] = s] /\ acc' = [acc EXCEPT ![n][s] = None]
  /\ UNCHANGED <<prom, app, lb, sent, leases, arch, faults, ghosts>>

(* A removed member empties its disk: not before a quorum that replaced it (or the *)
(* archive) has all that was decided while it was a member.                          *)
Retire(n) ==
  /\ Up(n) /\ n \notin CfgNow /\ \E j \in DOMAIN Cfgs : n \in Cfgs[j] /\ CfgSlots # {}
  /\ \/ Bug("retireEarly")
     \/ \A p \in chosen : (\E t \in CfgSlots : p[1] <= t) =>
          Archived(p) \/ Maj({k \in N : Holds(k, p)}, CfgNow)
  /\ retired' = retired \cup {n}
  /\ lb' = [lb EXCEPT ![n] = 0] /\ lease' = [lease EXCEPT ![n] = {}]
  /\ UNCHANGED <<acceptor, app, sent, sup, stamp, released, arch, down, lost, crashes, ghosts>>

-----------------------------------------------------------------------------
(* Faults.                                                                      *)
(* What is not durable is gone: leadership, lease, and what was applied but not    *)
(* flushed (the log that was truncated was flushed before).                         *)
Crash(n) ==
  /\ Up(n) /\ crashes < MaxCrash
  /\ crashes' = crashes + 1 /\ down' = down \cup {n}
  /\ lb' = [lb EXCEPT ![n] = 0] /\ lease' = [lease EXCEPT ![n] = {}]
  /\ \E k \in {Len(app[n])} \cup (IF n \in Storage THEN {tr[n]} ELSE {}) : app' = [app EXCEPT ![n] = SubSeq(@, 1, k)]
  /\ prom' = IF Bug("promiseNotDurable") THEN [prom EXCEPT ![n] = 0] ELSE prom
  /\ acc' = IF Bug("acceptNotDurable") THEN [acc EXCEPT ![n] = [s \in Slots |-> None]] ELSE acc
  /\ UNCHANGED <<tr, sent, sup, stamp, released, arch, lost, retired, ghosts>>

(* Law R1: before its first vote a restarted node waits out the support that it may *)
(* have given. Its next epochs are new ones.                                          *)
Restart(n) ==
  /\ n \in down /\ down' = down \ {n}
  /\ \/ \A a \in Storage : sup[n][a] <= 0
     \/ Bug("supportForgotten")
  /\ sup' = CASE Bug("supportForgotten") -> [sup EXCEPT ![n] = [a \in Storage |-> IF @[a] > 0 THEN -@[a] ELSE @[a]]]
              [] Bug("epochReused")      -> [sup EXCEPT ![n] = [a \in Storage |-> 0]]
              [] OTHER                   -> sup
  /\ UNCHANGED <<acceptor, app, lb, sent, stamp, lease, released, arch, lost, retired, crashes, ghosts>>

(* Law R5: a disk that lost its data never votes under its old identity. A new one *)
(* joins as another member of N.                                                     *)
DiskLoss(n) ==
  /\ Up(n) /\ Cardinality(lost) < MaxLoss
  /\ IF Bug("wipedDiskRejoins")
     THEN /\ crashes < MaxCrash /\ crashes' = crashes + 1 /\ UNCHANGED lost
          /\ prom' = [prom EXCEPT ![n] = 0] /\ tr' = [tr EXCEPT ![n] = 0]
          /\ acc' = [acc EXCEPT ![n] = [s \in Slots |-> None]] /\ app' = [app EXCEPT ![n] = <<>>]
     ELSE lost' = lost \cup {n} /\ UNCHANGED <<acceptor, app, crashes>>
  /\ lb' = [lb EXCEPT ![n] = 0] /\ lease' = [lease EXCEPT ![n] = {}]
  /\ UNCHANGED <<sent, sup, stamp, released, arch, down, retired, ghosts>>

Next ==
  \/ \E n \in N :
       \/ \E b \in Ballots : Prepare(n, b) \/ Promise(n, b) \/ \E s \in Slots : Accept(n, b, s)
       \/ Propose(n) \/ Reconfigure(n) \/ Choose(n) \/ \E p \in chosen : Learn(n, p)
       \/ HoldLease(n) \/ ReleaseLease(n) \/ Affirm(n) \/ ConsistentRead(n) \/ Transfer(n)
       \/ StandDown(n)
       \/ \E a \in Storage : GrantSupport(n, a) \/ SupportLapses(n, a)
       \/ Archive(n) \/ Truncate(n) \/ Retire(n) \/ Crash(n) \/ Restart(n) \/ DiskLoss(n)
Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold in every state.                                               *)
Agreement    == \A p, q \in chosen : p[1] = q[1] => p[2] = q[2]
(* Applied state is the chosen prefix, and so is the archive. *)
AppliedIsChosen == /\ \A n \in N : \A i \in DOMAIN app[n] : <<i, app[n][i]>> \in chosen
                   /\ \A i \in DOMAIN arch : <<i, arch[i]>> \in chosen
OneHolder    == \A l, k \in N : lease[l] # {} /\ lease[k] # {} => l = k
NoStaleRead  == ~stale
(* Behind what a leader has applied once its phase 1 is settled nothing of a lower *)
(* ballot is chosen.                                                                  *)
NothingHides == \A l \in N : \A p \in chosen :
                  p[1] > Len(app[l]) /\ counted[p[1]] < lb[l] => ~Settled(l)
OnlyStorageLeads == \A n \in N : lb[n] # 0 => n \in Storage
(* An acknowledged entry is archived, or on two disks, of which one may be lost. *)
Durable      == \A p \in chosen : \/ Archived(p)
                                  \/ Cardinality({n \in N : Holds(n, p)} \cup lost) >= 2
(* A node keeps what it voted for until the archive, or its own store, has it. *)
LogIsKept    == \A b \in Ballots, s \in Slots : \A n \in votes[b][s] :
                  Gone(n) \/ acc[n][s].b >= b
                    \/ (s <= tr[n] /\ (s <= Len(arch) \/ n \in Storage))
(* Each configuration differs from the one before it by one member. *)
ConfigChain  == \A s \in CfgSlots : \A v \in ChosenAt(s) :
                  LET before == {t \in CfgSlots : t < s} IN
                  LET C == IF before = {} THEN {Cfgs[1]}
                           ELSE LET t == CHOOSE u \in before : \A w \in before : w <= u
                                IN {CfgOf(x) : x \in {y \in ChosenAt(t) : IsCfg(y)}}
                  IN IsCfg(v) => \A D \in C : OneApart(D, CfgOf(v))
=============================================================================
