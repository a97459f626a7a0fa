package dev.evenkeel.rpc;

import dev.evenkeel.environment.Network;
import dev.evenkeel.rpc.Refusal.Reason;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether two nodes may talk with each other, as far as their hellos tell.
///
/// @param ours what this node says
final class Handshake {
  /// Of a link that the other side made.
  static final int ANY_NODE = -1;

  private final Hello ours;

  Handshake(Hello ours) {
    this.ours = ours;
  }

  /// @param expected the node that was to be connected, or [#ANY_NODE]
  /// @return why not, or null
  @Nullable Refusal judge(Hello theirs, int expected, Network.Connection connection) {
    if (!theirs.region().equals(ours.region())) {
      return refusal(
          Reason.OTHER_REGION,
          String.format(
              Locale.ROOT,
              "%s belongs to region '%s', %s to region '%s'",
              text(theirs),
              theirs.region(),
              text(ours),
              ours.region()));
    }
    if (theirs.versionMin() > ours.versionMax() || theirs.versionMax() < ours.versionMin()) {
      return refusal(
          Reason.UNKNOWN_VERSION,
          String.format(
              Locale.ROOT,
              "%s speaks %s, %s %s: upgrade one release at a time",
              text(theirs),
              versions(theirs),
              text(ours),
              versions(ours)));
    }
    if (theirs.process() == ours.process() && theirs.identity() == ours.identity()) {
      return refusal(
          Reason.OTHER_NODE,
          String.format(
              Locale.ROOT, "the address of node %d leads back to %s", expected, text(ours)));
    }
    @Nullable Refusal sameNumber = judgeNumber(theirs);
    return sameNumber == null ? judgeAddress(theirs, expected, connection) : sameNumber;
  }

  private @Nullable Refusal judgeNumber(Hello theirs) {
    if (theirs.identity() == ours.identity()) {
      return refusal(
          Reason.OWN_IDENTITY,
          String.format(
                  Locale.ROOT,
                  "two processes run as %s, one of them on a copy of the other's data directory: stop the",
                  text(ours))
              + " copy and give it an empty directory");
    }
    return theirs.node() == ours.node() ? numberTaken(theirs, ours) : null;
  }

  private @Nullable Refusal judgeAddress(Hello theirs, int expected, Network.Connection by) {
    if (expected != ANY_NODE && theirs.node() != expected) {
      return refusal(
          Reason.OTHER_NODE,
          String.format(Locale.ROOT, "the address of node %d leads to %s", expected, text(theirs)));
    }
    if (!by.mayBe(theirs.node())) {
      return refusal(
          Reason.OTHER_NODE,
          String.format(Locale.ROOT, "the certificate of %s does not name it", text(theirs)));
    }
    return null;
  }

  /// Whether a node may take the place of what is known of its number.
  ///
  /// A later start of the same directory takes the place of an earlier one only when that is gone:
  /// while it is heard, one of the two runs on a copy, and the earlier one may hold leases.
  ///
  /// @param known the newest hello of that number
  /// @param connected whether it is connected
  /// @param heard whether something came of it lately: see [Peer#SILENCE_MAX]
  /// @return why not, or null
  static @Nullable Refusal judgeAgain(Hello theirs, Hello known, boolean connected, boolean heard) {
    if (theirs.identity() != known.identity()) {
      return connected ? numberTaken(theirs, known) : null;
    }
    if (theirs.life() < known.life()) {
      return refusal(
          Reason.OLDER_LIFE,
          String.format(
                  Locale.ROOT,
                  "%s says it was started %d times, but %d starts are known: it runs on an old copy of its",
                  text(theirs),
                  theirs.life(),
                  known.life())
              + " data directory");
    }
    boolean another = theirs.process() != known.process();
    if (theirs.life() == known.life() && another) {
      return cloned(theirs);
    }
    return another && connected && heard ? cloned(theirs) : null;
  }

  private static Refusal cloned(Hello theirs) {
    return refusal(
        Reason.CLONED,
        String.format(
            Locale.ROOT,
            "two processes run as %s, one of them on a copy of the other's data directory",
            text(theirs)));
  }

  private static Refusal numberTaken(Hello theirs, Hello known) {
    return refusal(
        Reason.NUMBER_TAKEN,
        String.format(
            Locale.ROOT,
            "%s and %s have the same number: give one of them another",
            text(theirs),
            text(known)));
  }

  private static Refusal refusal(Reason reason, String sentence) {
    return new Refusal(reason, false, sentence);
  }

  private static String text(Hello hello) {
    return "node " + NodeIdentity.text(hello.identity());
  }

  private static String versions(Hello hello) {
    return hello.versionMin() == hello.versionMax()
        ? "protocol version " + hello.versionMin()
        : "protocol versions " + hello.versionMin() + " to " + hello.versionMax();
  }

  static void encode(Refusal refusal, MessageOutput out) {
    out.varint(1, refusal.reason().number());
    out.text(2, refusal.sentence());
  }

  static Refusal decode(MessageInput in) throws IOException {
    int reason = 0;
    String sentence = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> reason = in.count();
        case 2 -> sentence = in.text();
        default -> {}
      }
    }
    return new Refusal(Reason.of(reason), true, sentence);
  }
}
