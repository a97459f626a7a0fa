package dev.evenkeel.paxos.world;

import dev.evenkeel.paxos.Message;
import dev.evenkeel.paxos.Value;
import java.util.SplittableRandom;

/// Makes things go wrong: a different mix in every seed.
final class Nemesis {
  private static final long SECOND = 1_000_000_000L;
  private static final double DRIFT_MAX = 0.05;

  private final World world;
  private final SplittableRandom mix;
  private final SplittableRandom ambushes;
  private final int ambushPerMille;
  private boolean isOver;

  Nemesis(World world) {
    this.world = world;
    this.mix = world.stream(300);
    this.ambushes = world.stream(301);
    boolean lies = world.faults.contains(FaultKind.AMBUSHES) && ambushes.nextInt(2) == 0;
    this.ambushPerMille = lies ? 1 + ambushes.nextInt(60) : 0;
  }

  void start() {
    for (FaultKind kind : FaultKind.values()) {
      boolean drawn = mix.nextInt(5) < 2;
      long pause = SECOND / 2 + mix.nextLong(10 * SECOND);
      if (drawn && world.faults.contains(kind)) {
        again(kind, world.stream(kind.name().hashCode()), pause);
      }
    }
  }

  private void again(FaultKind kind, SplittableRandom random, long pause) {
    world.timeline.after(
        random.nextLong(2 * pause),
        () -> {
          if (!isOver && world.mayStrike()) {
            world.struck.add(kind);
            strike(kind, random);
            again(kind, random, pause);
          }
        });
  }

  /// All is mended, and stays so.
  void stop() {
    isOver = true;
    world.wire.heal();
    for (Machine machine : world.machines) {
      machine.slowness = 1;
      machine.syncNanos = 4_000_000;
      if (machine.process == null) {
        world.start(machine);
      } else if (machine.process.isPaused()) {
        machine.process.resume();
      }
    }
  }

  private void strike(FaultKind kind, SplittableRandom random) {
    Machine machine = world.machines[random.nextInt(world.machines.length)];
    world.timeline.note(kind.name().hashCode());
    switch (kind) {
      case LOSS -> world.wire.lossPerMille = random.nextInt(4) == 0 ? random.nextInt(300) : 0;
      case DELAYS -> delay(random);
      case DISTANCE -> world.wire.distance = distance(random);
      case DUPLICATES -> world.wire.duplicatesPerMille = random.nextInt(200);
      case ONE_WAY_CUTS -> cut(machine, random);
      case PARTITIONS -> partition(random);
      case CRASHES -> crash(machine, random, random.nextInt(3) == 0 ? 20 * SECOND : 2 * SECOND);
      case REBOOTS -> reboot(machine, random);
      case DISK_LOSSES -> loseDisk(machine, random);
      case PAUSES -> pause(machine, random);
      case DRIFT ->
          machine.clock.rate(1 + DRIFT_MAX * (2 * random.nextDouble() - 1), world.timeline.now());
      case SLOW_NODES -> slow(machine, random);
      case SLOW_DISKS -> machine.syncNanos = 1_000_000L << random.nextInt(10);
      default -> {}
    }
  }

  /// Mostly far, seldom so far that an answer takes longer than a lease.
  private static int distance(SplittableRandom random) {
    return 1 << (random.nextInt(4) == 0 ? 8 + random.nextInt(3) : random.nextInt(6));
  }

  private void delay(SplittableRandom random) {
    world.wire.latePerMille = random.nextInt(3) == 0 ? random.nextInt(400) : 0;
    world.wire.lateNanos = 1 + random.nextLong(SECOND >> random.nextInt(4)) * 4;
  }

  /// A node sends something that changes much: now is the time to hit it, or whoever is to have it.
  void sees(Host host, long to, Message message) {
    if (isOver || ambushPerMille == 0 || !isTurningPoint(message)) {
      return;
    }
    if (ambushes.nextInt(1000) < ambushPerMille) {
      Machine sender = host.process.machine;
      Machine receiver = world.machines[Machine.place(to)];
      Machine victim = ambushes.nextInt(4) == 0 ? receiver : sender;
      world.timeline.after(
          ambushes.nextLong(SECOND >> (7 + ambushes.nextInt(4))),
          () -> {
            if (!isOver && world.mayStrike()) {
              world.struck.add(FaultKind.AMBUSHES);
              ambush(victim);
            }
          });
    }
  }

  private static boolean isTurningPoint(Message message) {
    return switch (message) {
      case Message.Accept accept ->
          accept.values().stream().anyMatch(value -> value instanceof Value.Reconfigure);
      case Message.Accepted _, Message.Hears _, Message.Heard _, Message.Reject _ -> false;
      default -> true;
    };
  }

  private void ambush(Machine victim) {
    world.coverage.add("world.ambushed");
    int place = victim.place;
    switch (ambushes.nextInt(4)) {
      case 0 -> crash(victim, ambushes, SECOND / 2);
      case 1 -> pause(victim, ambushes);
      case 2 -> {
        sides(1 << place, true);
        world.timeline.after(ambushes.nextLong(4 * SECOND), () -> sides(1 << place, false));
      }
      default -> cut(victim, ambushes);
    }
  }

  private void cut(Machine machine, SplittableRandom random) {
    int to = random.nextInt(world.machines.length);
    world.wire.cut(machine.place, to, true);
    world.timeline.after(
        random.nextLong(8 * SECOND), () -> world.wire.cut(machine.place, to, false));
  }

  private void partition(SplittableRandom random) {
    int side = random.nextInt(1 << world.machines.length);
    sides(side, true);
    world.timeline.after(random.nextLong(8 * SECOND), () -> sides(side, false));
  }

  private void sides(int side, boolean isCut) {
    for (int from = 0; from < world.machines.length; from++) {
      for (int to = 0; to < world.machines.length; to++) {
        if ((side >> from & 1) != (side >> to & 1)) {
          world.wire.cut(from, to, isCut);
        }
      }
    }
  }

  private void crash(Machine machine, SplittableRandom random, long downMax) {
    world.kill(machine, random);
    world.timeline.after(random.nextLong(downMax), () -> world.start(machine));
  }

  private void reboot(Machine machine, SplittableRandom random) {
    world.kill(machine, random);
    machine.clock.reboot(random.nextLong(SECOND), world.timeline.now());
    world.timeline.after(random.nextLong(3 * SECOND), () -> world.start(machine));
  }

  private void loseDisk(Machine machine, SplittableRandom random) {
    boolean mayLose =
        world.truth.groups().stream()
            .allMatch(group -> Redundancy.mayLose(world, group, machine.identity()));
    if (mayLose) {
      world.coverage.add("world.disk-lost");
      world.kill(machine, random);
      world.truth.losesDisk(machine.identity());
      machine.replaceDisk();
      world.timeline.after(random.nextLong(SECOND), () -> world.start(machine));
    }
  }

  private void pause(Machine machine, SplittableRandom random) {
    NodeProcess process = machine.process;
    if (process != null && !process.isPaused()) {
      process.pause();
      world.timeline.after(random.nextLong(6 * SECOND), process::resume);
    }
  }

  private void slow(Machine machine, SplittableRandom random) {
    machine.slowness = 1 << random.nextInt(7);
    world.timeline.after(random.nextLong(8 * SECOND), () -> machine.slowness = 1);
  }
}
