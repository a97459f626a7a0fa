package dev.evenkeel.http;

import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.auth.Authenticator;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.telemetry.Telemetry;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// What stands behind the endpoint.
///
/// @param state what the node says of itself
/// @param turns told by each event loop that its thread takes turns: `Tasks.inTurns`
public record Backend(
    Dispatcher dispatcher,
    Authenticator authenticator,
    Telemetry telemetry,
    NodeState state,
    Clock clock,
    Consumer<Executor> turns) {}
