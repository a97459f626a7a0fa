package dev.evenkeel.http;

import dev.evenkeel.telemetry.Counter;
import dev.evenkeel.telemetry.Telemetry;
import java.util.concurrent.atomic.AtomicInteger;

/// The figures of the endpoint that belong to no operation.
final class Traffic {
  final Counter accepted;
  final Counter refused;
  final Counter receivedBytes;
  final Counter sentBytes;
  final Counter malformed;
  final Counter timeouts;
  final AtomicInteger open = new AtomicInteger();

  Traffic(Telemetry telemetry, BodyMemory memory) {
    accepted = telemetry.counter("http.connections.accepted", "Connections accepted.");
    refused = telemetry.counter("http.connections.refused", "Connections over the bound.");
    receivedBytes = telemetry.counter("http.received.bytes", "Bytes of bodies received.");
    sentBytes = telemetry.counter("http.sent.bytes", "Bytes of answers sent, heads included.");
    malformed = telemetry.counter("http.malformed", "Requests that are not well-formed HTTP.");
    timeouts = telemetry.counter("http.timeouts", "Connections closed for a slow client.");
    telemetry.gauge("http.connections", "Open connections.", open::get);
    telemetry.gauge("http.body.memory.bytes", "Memory of large bodies.", memory::bytes);
  }
}
