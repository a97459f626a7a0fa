package dev.evenkeel.http;

import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.auth.Authenticator;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.telemetry.Telemetry;

/// What stands behind the endpoint.
///
/// @param state what the node says of itself
public record Backend(
    Dispatcher dispatcher,
    Authenticator authenticator,
    Telemetry telemetry,
    NodeState state,
    Clock clock) {}
