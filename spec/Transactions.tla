---------------------------- MODULE Transactions ----------------------------
(* Transactions over replication groups: coordinators that may die, the ledger, *)
(* locks, marks, epochs, recovery by anybody, client tokens, and a reader.       *)
(* docs/transactions.md is the same in prose.                                     *)
(*                                                                              *)
(* A group, and the ledger, is one state here, which each action changes at one  *)
(* moment: that an entry of a group is chosen once and stays is GroupLog's. Each  *)
(* group has one item, whose value is the sequence of the transactions that have  *)
(* changed it, so that all that matter meet. A request that was sent may arrive   *)
(* late or never; whoever is told of an age in the code acts at any time here.     *)
EXTENDS Naturals, FiniteSets, Sequences, TLC

CONSTANTS
  Txs,       \* transactions, each with a coordinator of its own
  Of,        \* the groups of each
  Token,     \* the key of each in the ledger
  Alone,     \* those that are one entry of their only group
  Reads,     \* the groups that a reader looks at, {} for no reader
  MaxCrash,  \* coordinators that die
  MaxForget, \* entries of the ledger that are forgotten
  Mut        \* planted bugs, each named where it bites

VARIABLES
  ledger,                  \* of each key: which transaction, its state, its commit time
  lock, item, clock,       \* of each group: who holds the lock (NoTx: nobody), value, time
  mark, epoch,             \* of each group: transactions that left a mark; epoch
  requests,                \* Prepare and Transact on their way: transaction, group, its epoch as known at Begin
  prepared,                \* answers to Prepare: transaction, group, time
  finishes, finished,      \* Finish that were sent: transaction, group, whether it commits; answers
  co,                      \* coordinators
  asked,                   \* groups that said that there is no mark, and will be none
  look, still,             \* the reader: what it saw at its first look; groups of its second
  crashes, forgotten,
  decided, ctime           \* ghosts: transactions that were ever committed, and when

group  == <<lock, item, clock, mark, epoch>>
sent   == <<requests, prepared, finishes, finished, asked>>
reader == <<look, still>>
ghosts == <<decided, ctime>>
vars   == <<ledger, group, sent, co, reader, crashes, forgotten, ghosts>>

NoTx   == "none"
Groups == UNION {Of[t] : t \in Txs}
Keys   == {Token[t] : t \in Txs}
Free   == [tx |-> NoTx, st |-> "free", c |-> 0]
Bug(m) == m \in Mut
Entry(t)  == ledger[Token[t]]
Is(t, st) == Entry(t).tx = t /\ Entry(t).st = st
In(t, g)  == \E i \in DOMAIN item[g] : item[g][i] = t
Max(S)    == CHOOSE x \in S : \A y \in S : y <= x
Step(t, st) == ledger' = [ledger EXCEPT ![Token[t]].st = st]
Group(t)  == CHOOSE g \in Of[t] : TRUE

Init ==
  /\ ledger = [k \in Keys |-> Free]
  /\ lock = [g \in Groups |-> NoTx] /\ item = [g \in Groups |-> <<>>] /\ clock = [g \in Groups |-> 0]
  /\ mark = [g \in Groups |-> {}] /\ epoch = [g \in Groups |-> 0]
  /\ requests = {} /\ prepared = {} /\ finishes = {} /\ finished = {} /\ asked = {}
  /\ co = [t \in Txs |-> "idle"]
  /\ look = <<>> /\ still = {}
  /\ crashes = 0 /\ forgotten = 0 /\ decided = {} /\ ctime = [t \in Txs |-> 0]

-----------------------------------------------------------------------------
(* Coordinator.                                                                 *)
(* A key is free, or of a transaction that was canceled. *)
Begin(t) ==
  /\ co[t] = "idle"
  /\ \/ Entry(t).st \in {"free", "canceled"}
     \/ Bug("beginAgain") /\ Entry(t).st = "done"
  /\ ledger' = [ledger EXCEPT ![Token[t]] =
                  [tx |-> t, st |-> "begun", c |-> 0]]
  /\ co' = [co EXCEPT ![t] = "begun"]
  /\ requests' = requests \cup {<<t, g, epoch[g]>> : g \in Of[t]}
  /\ UNCHANGED <<group, prepared, finishes, finished, asked, reader, crashes, forgotten, ghosts>>

(* The moment at which a transaction of several groups happens. *)
Commit(t) ==
  /\ co[t] = "begun" /\ t \notin Alone
  /\ LET P == {p \in prepared : p[1] = t} IN
     /\ \/ {p[2] : p \in P} = Of[t]
        \/ Bug("commitUnprepared") /\ P # {}
     /\ Is(t, "begun") \/ (Bug("commitCanceled") /\ Is(t, "canceled"))
     /\ LET c == IF Bug("timeNotAbove") THEN 1 ELSE 1 + Max({p[3] : p \in P}) IN
        /\ ledger' = [ledger EXCEPT ![Token[t]].st = "committed", ![Token[t]].c = c]
        /\ ctime' = [ctime EXCEPT ![t] = c]
  /\ decided' = decided \cup {t}
  /\ co' = [co EXCEPT ![t] = "committed"]
  /\ UNCHANGED <<group, sent, reader, crashes, forgotten>>

(* The caller is answered when every group has finished. *)
Answer(t) ==
  /\ \/ co[t] = "committed" /\ \A g \in Of[t] : <<t, g>> \in finished
     \/ co[t] = "begun" /\ t \in Alone /\ In(t, Group(t))
  /\ co' = [co EXCEPT ![t] = "answered"]
  /\ UNCHANGED <<ledger, group, sent, reader, crashes, forgotten, ghosts>>

Crash(t) ==
  /\ co[t] \in {"begun", "committed"} /\ crashes < MaxCrash
  /\ crashes' = crashes + 1 /\ co' = [co EXCEPT ![t] = "dead"]
  /\ UNCHANGED <<ledger, group, sent, reader, forgotten, ghosts>>

-----------------------------------------------------------------------------
(* Groups.                                                                      *)
(* Nobody waits for a lock: where there is one, the request has no effect. *)
Prepare(t, g, e) ==
  /\ <<t, g, e>> \in requests /\ t \notin Alone
  /\ requests' = requests \ {<<t, g, e>>}
  /\ IF lock[g] = NoTx \/ Bug("ignoreLock")
     THEN /\ lock' = [lock EXCEPT ![g] = t] /\ clock' = [clock EXCEPT ![g] = @ + 1]
          /\ prepared' = prepared \cup {<<t, g, clock[g] + 1>>}
     ELSE UNCHANGED <<lock, clock, prepared>>
  /\ UNCHANGED <<ledger, item, mark, epoch, finishes, finished, asked, co, reader, crashes, forgotten, ghosts>>

(* A whole transaction and its mark are one entry, in the epoch that the ledger was told. *)
Transact(t, g, e) ==
  /\ <<t, g, e>> \in requests /\ t \in Alone
  /\ requests' = requests \ {<<t, g, e>>}
  /\ IF lock[g] = NoTx /\ epoch[g] = e
     THEN /\ item' = [item EXCEPT ![g] = Append(@, t)] /\ mark' = [mark EXCEPT ![g] = @ \cup {t}]
          /\ clock' = [clock EXCEPT ![g] = @ + 1]
          /\ ctime' = [ctime EXCEPT ![t] = clock[g] + 1] /\ decided' = decided \cup {t}
     ELSE UNCHANGED <<item, mark, clock, ghosts>>
  /\ UNCHANGED <<ledger, lock, epoch, prepared, finishes, finished, asked, co, reader, crashes, forgotten>>

(* A Finish that arrives. One that comes again changes nothing. *)
Finish(t, g, commits) ==
  /\ <<t, g, commits>> \in finishes
  /\ lock[g] = t \/ (commits /\ <<t, g>> \notin finished)
  /\ IF lock[g] = t
     THEN /\ lock' = [lock EXCEPT ![g] = NoTx]
          /\ item' = IF commits THEN [item EXCEPT ![g] = Append(@, t)] ELSE item
          /\ clock' = IF commits /\ ctime[t] > clock[g] /\ ~Bug("clockStands")
                      THEN [clock EXCEPT ![g] = ctime[t]] ELSE clock
     ELSE UNCHANGED <<lock, item, clock>>
  /\ finished' = IF commits THEN finished \cup {<<t, g>>} ELSE finished
  /\ UNCHANGED <<ledger, mark, epoch, requests, prepared, finishes, asked, co, reader, crashes, forgotten, ghosts>>

-----------------------------------------------------------------------------
(* Settlement: of the coordinator, of whoever meets its token, of recovery.    *)
Cancel(t) ==
  /\ t \notin Alone \/ t \in asked \/ Bug("cancelUnasked")
  /\ Is(t, "begun") \/ (Bug("cancelCommitted") /\ Is(t, "committed"))
  /\ Step(t, "canceled")
  /\ UNCHANGED <<group, sent, co, reader, crashes, forgotten, ghosts>>

(* What a lock's transaction has come to, once the ledger says so. *)
SendFinish(t, g) ==
  /\ g \in Of[t] /\ t \notin Alone
  /\ \E commits \in BOOLEAN :
       /\ IF commits THEN Is(t, "committed") \/ Is(t, "done")
          ELSE /\ lock[g] = t
               /\ \/ Entry(t).tx # t \/ Entry(t).st = "canceled"
                  \/ Bug("giveUpBegun") /\ Entry(t).st = "begun"
       /\ <<t, g, commits>> \notin finishes
       /\ finishes' = finishes \cup {<<t, g, commits>>}
  /\ UNCHANGED <<ledger, group, requests, prepared, finished, asked, co, reader, crashes, forgotten, ghosts>>

(* Whether a transaction of one group has happened; if not, it will not. *)
AskMark(t) ==
  /\ t \in Alone /\ Is(t, "begun")
  /\ IF t \in mark[Group(t)]
     THEN Step(t, "done") /\ UNCHANGED <<epoch, asked>>
     ELSE /\ t \notin asked /\ asked' = asked \cup {t}
          /\ epoch' = IF Bug("epochStands") THEN epoch ELSE [epoch EXCEPT ![Group(t)] = @ + 1]
          /\ UNCHANGED ledger
  /\ UNCHANGED <<lock, item, clock, mark, requests, prepared, finishes, finished, co, reader, crashes, forgotten, ghosts>>

Unmark(t) ==
  /\ t \in Alone /\ t \in mark[Group(t)]
  /\ ~Is(t, "begun") \/ Bug("unmarkBegun")
  /\ mark' = [mark EXCEPT ![Group(t)] = @ \ {t}]
  /\ UNCHANGED <<ledger, lock, item, clock, epoch, sent, co, reader, crashes, forgotten, ghosts>>

(* Bookkeeping: it has happened everywhere. *)
Done(t) ==
  /\ t \notin Alone /\ Is(t, "committed")
  /\ \A g \in Of[t] : <<t, g>> \in finished \/ (Bug("doneEarly") /\ \E h \in Of[t] : <<t, h>> \in finished)
  /\ Step(t, "done")
  /\ UNCHANGED <<group, sent, co, reader, crashes, forgotten, ghosts>>

(* Ten minutes later. Who repeats a token after that begins another transaction. *)
Forget(t) ==
  /\ forgotten < MaxForget /\ \A u \in Txs : Token[u] = Token[t] => co[u] # "idle"
  /\ Is(t, "done") \/ Is(t, "canceled")
  /\ forgotten' = forgotten + 1 /\ ledger' = [ledger EXCEPT ![Token[t]] = Free]
  /\ UNCHANGED <<group, sent, co, reader, crashes, ghosts>>

-----------------------------------------------------------------------------
(* A reader looks at each group, and then asks each whether that still is so.  *)
Look(g) ==
  /\ g \in Reads \ DOMAIN look /\ lock[g] = NoTx
  /\ look' = look @@ (g :> Len(item[g]))
  /\ UNCHANGED <<ledger, group, sent, co, still, crashes, forgotten, ghosts>>

LookAgain(g) ==
  /\ g \in (Reads \cap DOMAIN look) \ still
  /\ DOMAIN look = Reads \/ Bug("lookAgainEarly")
  /\ lock[g] = NoTx \/ Bug("readLocked")
  /\ look[g] = Len(item[g]) \/ Bug("readOnce")
  /\ still' = still \cup {g}
  /\ UNCHANGED <<ledger, group, sent, co, look, crashes, forgotten, ghosts>>

Next ==
  \/ \E t \in Txs :
       \/ Begin(t) \/ Commit(t) \/ Answer(t) \/ Crash(t) \/ Cancel(t) \/ Done(t) \/ Forget(t)
       \/ AskMark(t) \/ Unmark(t)
       \/ \E r \in requests : r[1] = t /\ (Prepare(t, r[2], r[3]) \/ Transact(t, r[2], r[3]))
       \/ \E g \in Of[t] : \/ SendFinish(t, g)
                           \/ \E commits \in BOOLEAN : Finish(t, g, commits)
  \/ \E g \in Reads : Look(g) \/ LookAgain(g)
Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What must hold in every state.                                               *)
(* What has changed one item has changed all its items, or still locks them. *)
Atomicity == \A t \in Txs : \A g, h \in Of[t] : In(t, g) => In(t, h) \/ lock[h] = t
(* What changes an item was committed; what was committed is there, or locks. *)
NoLostLock == \A t \in Txs : /\ \A g \in Of[t] : In(t, g) => t \in decided
                             /\ t \in decided => \A g \in Of[t] : In(t, g) \/ lock[g] = t
(* Every item was changed in the order of commit times: that is the serial order. *)
Serializable == \A g \in Groups : \A i, j \in DOMAIN item[g] :
                  i < j => ctime[item[g][i]] < ctime[item[g][j]]
OneEffect == \A t, u \in decided : Token[t] = Token[u] => t = u
(* What is canceled does not happen; an entry that is done or gone leaves no lock that commits. *)
CanceledNeverHappens == \A t \in Txs : Is(t, "canceled") => t \notin decided
AnsweredIsVisible == \A t \in Txs : co[t] = "answered" => \A g \in Of[t] : In(t, g)
(* A read that has ended saw all of a transaction or nothing. *)
Saw(t, g) == \E i \in 1..look[g] : item[g][i] = t
ReadIsWhole == (Reads # {} /\ still = Reads) =>
                 \A t \in Txs : \A g, h \in Of[t] \cap Reads : Saw(t, g) => Saw(t, h)
=============================================================================
