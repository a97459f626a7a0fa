package dev.evenkeel.rpc;

import dev.evenkeel.telemetry.Counter;
import dev.evenkeel.telemetry.LatencyHistogram;
import dev.evenkeel.telemetry.Probes;
import dev.evenkeel.telemetry.Telemetry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The figures of a messenger.
final class RpcMeter {
  static final String CONNECTED = "rpc.connected";
  static final String CONNECTION_LOST = "rpc.connection-lost";
  static final String CONNECTION_REPLACED = "rpc.connection-replaced";
  static final String CORRUPT_FRAME = "rpc.corrupt-frame";
  static final String HANDSHAKE_SLOW = "rpc.handshake-slow";
  static final String LATE_ANSWER = "rpc.late-answer";
  static final String PEER_SILENT = "rpc.peer-silent";
  static final String REFUSED = "rpc.refused";
  static final String REQUEST_TURNED_AWAY = "rpc.request-turned-away";
  static final String UNREADABLE_MESSAGE = "rpc.unreadable-message";

  /// Why a message was dropped before it was sent.
  enum Drop {
    AWAY("away"),
    OTHER_INCARNATION("other-incarnation"),
    FULL("full");

    private final String label;

    Drop(String label) {
      this.label = label;
    }
  }

  final Counter sent;
  final Counter sentBytes;
  final Counter received;
  final Counter receivedBytes;

  /// From the call to its answer; calls that fail are not in it.
  final LatencyHistogram answered;

  private final Probes probes;
  private final LongAdder inFlight = new LongAdder();
  private final Counter answers;
  private final Map<Drop, Counter> drops = new EnumMap<>(Drop.class);
  private final Map<CallOutcome.Reason, Counter> failures = new EnumMap<>(CallOutcome.Reason.class);

  RpcMeter(Telemetry telemetry) {
    probes = telemetry.probes();
    sent = telemetry.counter("rpc.frames.sent", "Frames queued for other nodes.");
    sentBytes = telemetry.counter("rpc.bytes.sent", "Bytes of frames queued for other nodes.");
    received = telemetry.counter("rpc.frames.received", "Frames that came from other nodes.");
    receivedBytes =
        telemetry.counter("rpc.bytes.received", "Bytes of frames that came from other nodes.");
    answered = telemetry.latency("rpc.call", "Time from a call of another node to its answer.");
    answers = outcome(telemetry, "answered");
    for (CallOutcome.Reason reason : CallOutcome.Reason.values()) {
      failures.put(reason, outcome(telemetry, reason.label()));
    }
    for (Drop drop : Drop.values()) {
      drops.put(
          drop,
          telemetry.counter(
              "rpc.messages.dropped", "Messages never sent, by reason.", "reason", drop.label));
    }
    telemetry.gauge("rpc.calls.in-flight", "Calls that wait for their answer.", inFlight::sum);
  }

  private static Counter outcome(Telemetry telemetry, String label) {
    return telemetry.counter("rpc.calls", "Calls of other nodes, by outcome.", "outcome", label);
  }

  void hit(String event) {
    probes.hit(event);
  }

  void dropped(Drop reason) {
    count(drops, reason);
  }

  void called() {
    inFlight.increment();
  }

  void answered(long nanos) {
    inFlight.decrement();
    answers.increment();
    answered.record(nanos);
  }

  /// A call that was in flight has failed.
  void failed(CallOutcome.Reason reason) {
    inFlight.decrement();
    count(failures, reason);
  }

  /// A call that never got under way.
  void turnedAway(CallOutcome.Reason reason) {
    count(failures, reason);
  }

  private static <K> void count(Map<K, Counter> counters, K key) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.increment();
    }
  }
}
