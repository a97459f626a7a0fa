package dev.evenkeel.architecture.offenders.shadow;

/// A vague name, in a package without package-info that is not on the map.
class ThingManager {}
