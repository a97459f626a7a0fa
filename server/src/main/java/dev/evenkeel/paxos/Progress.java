package dev.evenkeel.paxos;

/// How far one member has come in a leader's ballot.
final class Progress {
  final long node;

  /// Everything up to this is durably accepted there, or known as chosen.
  long match;

  /// The slot to send next.
  long next;

  /// The newest chosen slot that the member was told of, by a message that may be lost.
  long chosenSent;

  /// Every slot up to this is known as chosen to the member.
  long chosen;

  /// The epoch under which the member took the ballot; −1 while it has not.
  long epoch = -1;

  /// Everything up to this is durable in the member's store.
  long stored;

  /// Whether the member has answered in this ballot: only then are entries sent.
  boolean heard;

  /// Whether entries for it are being read from the disk.
  boolean fetching;

  /// When an acceptance last came, or a message went out for the first time.
  long progressed;

  /// When it was last asked for an answer.
  long asked;

  /// Last slots of the messages that are on their way, the oldest first.
  private final long[] window;

  private int inWindow;

  /// Where sending began again when something was missing; 0 once that has come through.
  private long resumedFrom;

  Progress(long node, int windowMax, long next, long now) {
    this.node = node;
    this.window = new long[windowMax];
    this.next = next;
    this.progressed = now;
    this.asked = now;
  }

  boolean hasRoom() {
    return heard && !fetching && inWindow < window.length;
  }

  boolean isIdle() {
    return inWindow == 0;
  }

  /// A message goes out whose last slot is this one.
  void sent(long last, long now) {
    if (inWindow == 0) {
      progressed = now;
    }
    window[inWindow++] = last;
    next = last + 1;
  }

  void accepted(long upTo, long now) {
    if (upTo > match) {
      match = upTo;
      progressed = now;
      next = Math.max(next, match + 1);
    }
    int done = 0;
    while (done < inWindow && window[done] <= upTo) {
      done++;
    }
    System.arraycopy(window, done, window, 0, inWindow - done);
    inWindow -= done;
    if (done > 0) {
      resumedFrom = 0;
    }
  }

  /// The member expects that slot, and something behind it came. After a restart that may be below
  /// `match`, where the member forgot that it knew slots as chosen.
  ///
  /// Each message that came too early says so; only the first one makes a difference.
  void missing(long slot, long now) {
    if (inWindow == 0 || resumedFrom != slot) {
      resume(slot, now);
      resumedFrom = slot;
    }
  }

  /// What is on its way is taken for lost: goes on from there.
  void resume(long slot, long now) {
    inWindow = 0;
    resumedFrom = 0;
    next = slot;
    fetching = false;
    progressed = now;
  }
}
