package dev.evenkeel.rpc;

/// How a call ended. Every call ends exactly once.
///
/// @param <M> the messages
public sealed interface CallOutcome<M> {
  /// The other node answered.
  record Answered<M>(M answer) implements CallOutcome<M> {}

  /// There is no answer, and none will come.
  record Failed<M>(Reason reason) implements CallOutcome<M> {}

  /// What the caller may conclude.
  enum Reason {
    /// The other node is away, is another incarnation, or could not read the request. Nothing was
    /// done.
    NOT_SENT(1, "not-sent"),
    /// Too much is on its way or waits there. Nothing was done; later it may be.
    OVERLOADED(2, "overloaded"),
    /// The connection broke after sending: it may have been done.
    LOST(3, "lost"),
    /// No answer within the deadline: it may have been done, or may still be.
    TIMED_OUT(4, "timed-out");

    private final int number;
    private final String label;

    Reason(int number, String label) {
      this.number = number;
      this.label = label;
    }

    /// As it stands on the wire.
    int number() {
      return number;
    }

    /// What another node says became of a request. Whatever it may mean, the request has come
    /// there.
    static Reason of(int number) {
      return switch (number) {
        case 1 -> NOT_SENT;
        case 2 -> OVERLOADED;
        default -> LOST;
      };
    }

    /// As it stands in metrics.
    String label() {
      return label;
    }

    /// Whether the other node may have acted on the request.
    public boolean isUnknown() {
      return this == LOST || this == TIMED_OUT;
    }
  }
}
