package dev.evenkeel.http;

import dev.evenkeel.api.Dispatcher;
import dev.evenkeel.auth.Authenticator;
import dev.evenkeel.environment.Clock;
import dev.evenkeel.telemetry.Telemetry;
import java.util.function.Supplier;

/// What stands behind the endpoint.
///
/// @param health asked on an event loop: must not block
public record Backend(
    Dispatcher dispatcher,
    Authenticator authenticator,
    Telemetry telemetry,
    Supplier<Health> health,
    Clock clock) {}
