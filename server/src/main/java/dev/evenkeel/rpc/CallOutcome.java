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
    NOT_SENT("not-sent"),
    /// Too much is on its way or waits there. Nothing was done; later it may be.
    OVERLOADED("overloaded"),
    /// The connection broke after sending: it may have been done.
    LOST("lost"),
    /// No answer within the deadline: it may have been done, or may still be.
    TIMED_OUT("timed-out");

    private final String label;

    Reason(String label) {
      this.label = label;
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
