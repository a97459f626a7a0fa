package dev.evenkeel.simulation;

import dev.evenkeel.environment.Clock;
import dev.evenkeel.environment.Disk;
import dev.evenkeel.environment.Entropy;
import dev.evenkeel.environment.Environment;
import dev.evenkeel.environment.Network;
import dev.evenkeel.environment.Tasks;

/// What one life of a simulated node sees of the world.
record SimulatedEnvironment(Clock clock, Tasks tasks, Disk disk, Entropy entropy, Network network)
    implements Environment {}
