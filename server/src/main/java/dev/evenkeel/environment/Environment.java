package dev.evenkeel.environment;

/// What one node sees of the outside world. One instance per node, passed in.
public interface Environment {
  Clock clock();

  Tasks tasks();

  Disk disk();

  Entropy entropy();

  Network network();
}
